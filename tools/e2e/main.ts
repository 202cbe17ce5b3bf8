import { askEverything } from '../ask/main';
import { Checklist } from '../kit/checklist';
import { runCommand } from '../kit/commandLine';
import type { Ending } from '../kit/ending';
import { Obstacle } from '../kit/obstacle';
import { setStage } from '../n8n/stage';
import { passingUserFolder } from '../n8n/userFolder';
import { Album } from './album';
import { readArguments, USAGE, type WalkArguments } from './arguments';
import { findChromium } from './browser/chromium';
import { openBrowser } from './browser/open';
import { SCREENSHOTS_FOLDER } from './folders';
import { openEditor, signInAsOwner } from './editor/editor';
import { attachFile } from './journeys/attachFile';
import { meetExpiredSecret } from './journeys/expiredSecret';
import { letAgentSend } from './journeys/letAgentSend';
import { letPersonReview } from './journeys/letPersonReview';
import { linkCustomer } from './journeys/linkCustomer';
import { linkRoboMq } from './journeys/linkRoboMq';
import { needAdministrator } from './journeys/needAdministrator';
import { welcomeNewHires } from './journeys/onboarding';
import { dragFields } from './journeys/dragFields';
import { readEverywhere } from './journeys/readEverywhere';
import { readInDark } from './journeys/readInDark';
import { sendFirstMail } from './journeys/sendFirstMail';
import { tickPermissions } from './journeys/tickPermissions';
import { meetUnprovisioned } from './journeys/unprovisioned';
import { take, type Walk } from './walk';

type Journey = (walk: Walk) => Promise<void>;

const JOURNEYS: readonly Journey[] = [
	linkRoboMq,
	linkCustomer,
	sendFirstMail,
	readEverywhere,
	dragFields,
	welcomeNewHires,
	attachFile,
	letAgentSend,
	letPersonReview,
	meetExpiredSecret,
	needAdministrator,
	tickPermissions,
	readInDark,
	meetUnprovisioned,
];

/** What all the others need. */
const LINKING: readonly Journey[] = [linkRoboMq, linkCustomer];

/** A person walks through the editor of a real n8n, from signing in to an expired secret. */
async function walkThrough(given: WalkArguments, ending: Ending): Promise<Checklist> {
	const journeys = chosen(given.only);
	const program = await findChromium();
	const folder = await passingUserFolder();
	ending.then(folder.release);
	const stage = await setStage({ userFolder: folder.path, port: undefined });
	ending.then(stage.sandbox.close);
	const { context, close } = await openBrowser(program);
	ending.then(close);

	const editor = await openEditor(context, stage.n8n.origin);
	const album = await Album.empty();
	const walk: Walk = {
		stage,
		context,
		editor,
		album,
		list: new Checklist(),
		ended: () => ending.hasBegun,
	};
	process.stdout.write('\n');
	await take(walk, 'the owner signs in', async () => {
		await signInAsOwner(editor, stage.session.owner);
		await album.keep(editor.page, 'signed-in');
	});
	for (const journey of journeys) await begin(journey, walk);
	if (given.only === '')
		await walk.list.check('every picture of the docs was taken', () => {
			if (album.missing.length > 0) throw new Error(`not taken: ${album.missing.join(', ')}`);
		});
	if (given.updateDocs && walk.list.allPassed) await album.copyToDocs();
	process.stdout.write(`\nEvery step as a picture: ${SCREENSHOTS_FOLDER}\n`);
	return walk.list;
}

/** Every journey, or those that link the accounts and those whose name contains the words. */
function chosen(only: string): readonly Journey[] {
	const wanted = JOURNEYS.filter(({ name }) => name.toLowerCase().includes(only.toLowerCase()));
	if (wanted.length === 0)
		throw new Obstacle(
			`No part of the walk has "${only}" in its name.`,
			JOURNEYS.map(({ name }) => name).join('\n'),
		);
	return JOURNEYS.filter((journey) => LINKING.includes(journey) || wanted.includes(journey));
}

/** A journey that cannot even begin fails as a whole, and the next one has its chance. */
async function begin(journey: Journey, walk: Walk): Promise<void> {
	try {
		await journey(walk);
	} catch (error) {
		if (walk.ended()) throw error;
		await take(walk, `the journey ${journey.name} begins`, () => Promise.reject(error as Error));
	}
}

void runCommand({
	name: 'The end-to-end run',
	usage: USAGE,
	readArguments,
	run: async (given, ending) =>
		given.questions ? await askEverything(given, ending) : await walkThrough(given, ending),
});
