import { LaneLimit } from '#node/delivery/laneLimit';

/** Graph's limit for one app. */
const SIMULTANEOUS = 4;
/** What a request takes on its way to Graph and back, in milliseconds. */
const WAY_MS = 1;
const RETRY_AFTER_MS = 1_000;

interface Scenario {
	processes: number;
	/** Of all processes together. */
	mails: number;
	latencyMs: number;
}

interface Outcome {
	timesIdeal: number;
	throttledPercent: number;
}

/** Events in the order of their time; the simulation has no other clock. */
class Timeline {
	now = 0;
	private readonly events: Array<{ at: number; happen: () => void }> = [];

	after(delayMs: number, happen: () => void): void {
		const at = this.now + delayMs;
		const index = this.events.findIndex((event) => event.at > at);
		this.events.splice(index < 0 ? this.events.length : index, 0, { at, happen });
	}

	run(): void {
		for (let event = this.events.shift(); event; event = this.events.shift()) {
			this.now = event.at;
			event.happen();
		}
	}
}

/** Processes that use the node's own lane limit, against a Graph that serves four at a time. */
function simulate({ processes, mails, latencyMs }: Scenario): Outcome {
	const time = new Timeline();
	let atGraph = 0;
	let throttled = 0;
	let lastServedAt = 0;

	const startProcess = () => {
		const limit = new LaneLimit(() => time.now, Math.random);
		let waiting = mails / processes;
		let underWay = 0;
		let asleepUntil = -1;
		const begin = (): void => {
			if (time.now < limit.closedUntil) {
				if (asleepUntil === limit.closedUntil) return;
				asleepUntil = limit.closedUntil;
				return time.after(limit.closedUntil - time.now, begin);
			}
			while (waiting > 0 && underWay < limit.lanes) {
				waiting--;
				underWay++;
				const beganAt = time.now;
				time.after(WAY_MS * Math.random(), () => arrive(beganAt));
			}
		};
		const arrive = (beganAt: number): void => {
			if (atGraph >= SIMULTANEOUS) {
				throttled++;
				waiting++;
				return time.after(WAY_MS, () => end(() => limit.throttled(beganAt, RETRY_AFTER_MS)));
			}
			atGraph++;
			time.after(latencyMs, () => {
				atGraph--;
				lastServedAt = time.now;
				time.after(WAY_MS, () => end(() => limit.served(beganAt)));
			});
		};
		const end = (learn: () => void): void => {
			underWay--;
			learn();
			begin();
		};
		time.after(100 * Math.random(), begin);
	};

	for (let process = 0; process < processes; process++) startProcess();
	time.run();
	return {
		timesIdeal: lastServedAt / ((mails * latencyMs) / SIMULTANEOUS),
		throttledPercent: (100 * throttled) / (throttled + mails),
	};
}

/** How the figures of the lane limit fare, without any waiting. */
export function run(): void {
	const rounds = 20;
	process.stdout.write(
		'| latency | processes | × ideal, mean | worst | throttled |\n|---:|---:|---:|---:|---:|\n',
	);
	for (const [latencyMs, mails] of [
		[50, 2000],
		[200, 2000],
	] as const) {
		for (const processes of [1, 2, 4, 10]) {
			const outcomes = Array.from({ length: rounds }, () =>
				simulate({ processes, mails, latencyMs }),
			);
			const mean = (key: keyof Outcome) =>
				outcomes.reduce((sum, outcome) => sum + outcome[key], 0) / rounds;
			const worst = Math.max(...outcomes.map(({ timesIdeal }) => timesIdeal));
			process.stdout.write(
				`| ${latencyMs} ms | ${processes} | ${mean('timesIdeal').toFixed(2)} | ${worst.toFixed(2)} | ${mean('throttledPercent').toFixed(1)} % |\n`,
			);
		}
	}
}
