import { idealSeconds, type Result } from './results';

const WIDTH = 760;
const LEFT = 195;
const RIGHT = 70;
const TOP = 56;
const BAR = 16;
const ROW = 56;
const INK = '#242424';
const QUIET = '#616161';

const BUILT_IN = { color: '#9aa5b1', name: 'n8n’s Outlook node' };
const THIS_NODE = { color: '#0f6cbd', name: 'this node' };
const IDEAL = { color: '#c50f1f', name: 'ideal: emails × latency / 4' };

/** Distances of the axis, in seconds; the smallest that makes at most six. */
const STEPS = [1, 2, 5, 10, 20, 50, 100];

/** Horizontal bars on an axis of seconds: how long each node took, and the ideal as a line across both. */
export function plot(all: readonly Result[]): string {
	// A handshake that takes time is in the table; here it would be the same bars again, only longer.
	const results = all.filter(({ cloud }) => cloud === 'near');
	const longest = Math.max(...results.map(({ builtIn }) => builtIn.seconds));
	const step = STEPS.find((one) => longest / one <= 6) ?? longest;
	const end = Math.ceil(longest / step) * step;
	const at = (seconds: number) => LEFT + ((WIDTH - LEFT - RIGHT) * seconds) / end;
	const bottom = TOP + results.length * ROW;
	const ticks = Array.from({ length: end / step + 1 }, (_, index) => index * step);
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 44}" font-family="system-ui, sans-serif" font-size="13" role="img" aria-label="Seconds that each node took">`,
		`<rect width="${WIDTH}" height="${bottom + 44}" fill="#ffffff"/>`,
		...legend(),
		...ticks.map((tick) => axisTick(at(tick), tick, bottom)),
		text(at(0), bottom + 38, 'seconds, less is better', 'start', QUIET),
		...results.map((result, index) => row(result, TOP + index * ROW + 10, at)),
		'</svg>',
		'',
	].join('\n');
}

function legend(): string[] {
	const places = [LEFT, LEFT + 165, LEFT + 265];
	return [BUILT_IN, THIS_NODE, IDEAL].map(({ color, name }, index) => {
		const x = places[index]!;
		const swatch =
			color === IDEAL.color ? rect(x + 5, 18, 2, 16, color) : rect(x, 20, 12, 12, color);
		return swatch + text(x + 18, 31, name, 'start');
	});
}

function axisTick(x: number, seconds: number, bottom: number): string {
	return `${rect(x - 0.5, TOP, 1, bottom - TOP, seconds === 0 ? QUIET : '#e0e0e0')}${text(x, bottom + 18, String(seconds), 'middle', QUIET)}`;
}

function row(result: Result, top: number, at: (seconds: number) => number): string {
	const { builtIn, thisNode, name, latencyMs } = result;
	const ratio = (builtIn.seconds / thisNode.seconds).toFixed(1);
	return [
		text(LEFT - 12, top + BAR + 6, name, 'end'),
		bar(top, at, builtIn.seconds, BUILT_IN.color, `${builtIn.seconds.toFixed(1)} s`),
		bar(
			top + BAR + 4,
			at,
			thisNode.seconds,
			THIS_NODE.color,
			`${thisNode.seconds.toFixed(1)} s (${ratio} × as fast)`,
		),
		latencyMs > 0 ? rect(at(idealSeconds(result)) - 1, top - 3, 2, 2 * BAR + 10, IDEAL.color) : '',
	].join('\n');
}

function bar(
	top: number,
	at: (seconds: number) => number,
	seconds: number,
	color: string,
	label: string,
): string {
	return `${rect(at(0), top, Math.max(at(seconds) - at(0), 1), BAR, color)}${text(at(seconds) + 7, top + 13, label, 'start')}`;
}

function rect(x: number, y: number, width: number, height: number, color: string): string {
	return `<rect x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${height}" fill="${color}"/>`;
}

function text(
	x: number,
	y: number,
	words: string,
	anchor: 'start' | 'middle' | 'end',
	color = INK,
): string {
	return `<text x="${x.toFixed(1)}" y="${y}" text-anchor="${anchor}" fill="${color}">${words}</text>`;
}
