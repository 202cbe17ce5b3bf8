import { LaneLimit } from '#node/delivery/laneLimit';

/** Graph's limit, for one mailbox of an app or for all of them. */
const SIMULTANEOUS = 4;
/** What a request takes on its way to Graph and back, in milliseconds. */
const WAY_MS = 1;
const RETRY_AFTER_MS = 1_000;

interface Scenario {
	/** Of the same application. */
	mailboxes: number;
	/** How many processes send from each mailbox, unseen by each other. */
	processes: number;
	/** Of all processes of a mailbox together. */
	mails: number;
	latencyMs: number;
	/** What Graph counts requests for. */
	limitPer: 'mailbox' | 'app';
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
function simulate({ mailboxes, processes, mails, latencyMs, limitPer }: Scenario): Outcome {
	const time = new Timeline();
	const limits = limitPer === 'app' ? 1 : mailboxes;
	const atGraph = Array<number>(limits).fill(0);
	let throttled = 0;
	let lastServedAt = 0;

	const startProcess = (mailbox: number) => {
		const counted = mailbox % limits;
		const limit = new LaneLimit({ now: () => time.now, random: Math.random });
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
			if (atGraph[counted]! >= SIMULTANEOUS) {
				throttled++;
				waiting++;
				return time.after(WAY_MS, () => end(() => limit.throttled(beganAt, RETRY_AFTER_MS)));
			}
			atGraph[counted]! += 1;
			time.after(latencyMs, () => {
				atGraph[counted]! -= 1;
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

	for (let process = 0; process < processes * mailboxes; process++) {
		startProcess(process % mailboxes);
	}
	time.run();
	const total = mails * mailboxes;
	return {
		timesIdeal: lastServedAt / ((total * latencyMs) / SIMULTANEOUS / limits),
		throttledPercent: (100 * throttled) / (throttled + total),
	};
}

const SCENARIOS: readonly Scenario[] = [
	...[1, 2, 4, 10].map(
		(processes): Scenario => ({
			...{ mailboxes: 1, processes, mails: 2000, latencyMs: 50, limitPer: 'mailbox' },
		}),
	),
	...[1, 2, 4, 10].map(
		(processes): Scenario => ({
			...{ mailboxes: 1, processes, mails: 2000, latencyMs: 200, limitPer: 'mailbox' },
		}),
	),
	{ mailboxes: 5, processes: 1, mails: 400, latencyMs: 200, limitPer: 'mailbox' },
	{ mailboxes: 5, processes: 1, mails: 400, latencyMs: 200, limitPer: 'app' },
];

/** How the figures of the lane limit fare, without any waiting. */
export function run(): void {
	const rounds = 20;
	process.stdout.write(
		'| latency | mailboxes | processes each | emails each | limit for each | × ideal, mean | worst | throttled, mean | worst |\n|---:|---:|---:|---:|---|---:|---:|---:|---:|\n',
	);
	for (const scenario of SCENARIOS) {
		const outcomes = Array.from({ length: rounds }, () => simulate(scenario));
		const mean = (key: keyof Outcome) =>
			outcomes.reduce((sum, outcome) => sum + outcome[key], 0) / rounds;
		const worst = (key: keyof Outcome) => Math.max(...outcomes.map((outcome) => outcome[key]));
		const { latencyMs, mailboxes, processes, mails, limitPer } = scenario;
		const cells = [
			`${latencyMs} ms`,
			...[mailboxes, processes, mails, limitPer],
			mean('timesIdeal').toFixed(2),
			worst('timesIdeal').toFixed(2),
			`${mean('throttledPercent').toFixed(1)} %`,
			`${worst('throttledPercent').toFixed(1)} %`,
		];
		process.stdout.write(`| ${cells.join(' | ')} |\n`);
	}
}
