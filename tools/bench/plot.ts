import { idealSeconds, type Result } from './results';

const WIDTH = 760;
const LEFT = 230;
const BAR = 16;
const ROW = 62;
const RIGHT = 90;

/** Horizontal bars: how long each node took, and the ideal as a line across both. */
export function plot(results: readonly Result[]): string {
	const longest = Math.max(...results.map(({ builtIn }) => builtIn.seconds));
	const scale = (seconds: number) => ((WIDTH - LEFT - RIGHT) * seconds) / longest;
	const rows = results.map((result, index) => {
		const top = 50 + index * ROW;
		const ideal = LEFT + scale(idealSeconds(result));
		return [
			text(LEFT - 12, top + BAR + 6, result.name, 'end'),
			bar(top, scale(result.builtIn.seconds), '#9aa5b1', `${result.builtIn.seconds.toFixed(1)} s`),
			bar(
				top + BAR + 4,
				scale(result.thisNode.seconds),
				'#0f6cbd',
				`${result.thisNode.seconds.toFixed(1)} s, ${(result.builtIn.seconds / result.thisNode.seconds).toFixed(1)} ×`,
			),
			result.latencyMs > 0
				? `<line x1="${ideal.toFixed(1)}" y1="${top - 4}" x2="${ideal.toFixed(1)}" y2="${top + 2 * BAR + 8}" stroke="#c50f1f" stroke-width="2"/>`
				: '',
		].join('\n');
	});
	const height = 60 + results.length * ROW;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="13">`,
		`<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
		text(LEFT, 24, 'Seconds: grey n8n’s Outlook node, blue this node, red line the ideal', 'start'),
		...rows,
		'</svg>',
		'',
	].join('\n');
}

function bar(top: number, width: number, colour: string, label: string): string {
	return `<rect x="${LEFT}" y="${top}" width="${Math.max(width, 1).toFixed(1)}" height="${BAR}" fill="${colour}"/>${text(LEFT + width + 6, top + 13, label, 'start')}`;
}

function text(x: number, y: number, words: string, anchor: 'start' | 'end'): string {
	return `<text x="${x.toFixed(1)}" y="${y}" text-anchor="${anchor}" fill="#242424">${words}</text>`;
}
