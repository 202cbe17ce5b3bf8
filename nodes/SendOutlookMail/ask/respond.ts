import type { Clock } from '../facts/clock';
import { definedEntries } from '../facts/json';
import { isPlainObject } from '../mail/parsed';
import { Claims, type Answered, type Rows } from './claims';
import { codeOf, isCode, positionOf, readLink, type Sign } from './links';
import {
	CONTENT_SECURITY_POLICY,
	LONGEST_COMMENT,
	messagePage,
	questionPage,
	type Problem,
} from './page';
import {
	choiceAt,
	isFreeText,
	needsComment,
	type Answer,
	type Choice,
	type Question,
} from './question';
import { preferredLanguage, WORDS, type Language } from './words';

/** A request to the page of a question, after n8n has checked the link's signature. */
interface PageRequest {
	method: string;
	query: Readonly<Record<string, unknown>>;
	/** The posted form; anything that a client can send. */
	body: unknown;
	/** Names in lower case. */
	headers: Readonly<Record<string, unknown>>;
}

export interface PageResponse {
	status: number;
	html: string;
	/** Present when this request decided the question. */
	answer?: Answer;
}

/** What waits, and what it waits with. */
export interface Waiting {
	/** Undefined when nothing of ours waits. */
	question: Question | undefined;
	/** Undefined where n8n's rows cannot be reached: then n8n alone lets only one answer through. */
	rows: Rows | undefined;
	sign: Sign;
	clock: Clock;
}

/** Sent with every page. A page with `no-referrer` would post with `Origin: null`. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
	'Content-Type': 'text/html; charset=utf-8',
	'Content-Security-Policy': `${CONTENT_SECURITY_POLICY}; frame-ancestors 'none'`,
	'Cache-Control': 'no-store',
	'Referrer-Policy': 'same-origin',
	'X-Content-Type-Options': 'nosniff',
	'X-Frame-Options': 'DENY',
	'X-Robots-Tag': 'noindex, nofollow',
	'Cross-Origin-Resource-Policy': 'same-origin',
};

/**
 * Answers a request to the page. Only a POST of the page's form decides; every other request only
 * shows something, however often it comes.
 */
export async function respond(request: PageRequest, waiting: Waiting): Promise<PageResponse> {
	const language = preferredLanguage(request.headers['accept-language']);
	const link = readLink(request.query);
	const { question } = waiting;
	if (!link || link.question !== question?.id || !question.people[link.person - 1]) {
		return reasonPage(language, 'foreign');
	}
	const { person } = link;
	const claims = waiting.rows && new Claims(waiting.rows, question, waiting.clock);
	const visit = { question, person, claims, language, sign: waiting.sign };
	const answered = await claims?.answered();
	if (answered) return answeredPage(visit, answered);
	if (question.confirmation === 'code' && (await claims?.isLocked(person))) {
		return reasonPage(language, 'locked');
	}
	if (request.method !== 'POST') {
		const state = { choice: link.choice, comment: '', problems: [] };
		return { status: 200, html: questionPage(question, person, language, state) };
	}
	if (isForeignPost(request.headers, visit.sign({}))) return reasonPage(language, 'refused');
	return await takeForm(visit, isPlainObject(request.body) ? request.body : {});
}

/** One person at the page of a question that waits. */
interface Visit {
	question: Question;
	person: number;
	claims: Claims | undefined;
	language: Language;
	sign: Sign;
}

async function takeForm(visit: Visit, fields: Record<string, unknown>): Promise<PageResponse> {
	const { question, person, claims, language, sign } = visit;
	const position = positionOf(fields.choice);
	const choice = choiceAt(question, position);
	const comment = cleanText(fields.comment);
	const code = typeof fields.code === 'string' ? fields.code : '';
	const again = (problems: Problem[]): PageResponse => ({
		status: 422,
		html: questionPage(question, person, language, {
			choice: choice && position,
			comment: comment.slice(0, LONGEST_COMMENT),
			problems,
		}),
	});

	const problems = problemsOf(visit, choice, comment, code);
	if (problems.length > 0) return again(problems);
	if (question.confirmation === 'code') {
		const left = (await claims?.takeTry(person)) ?? 'locked';
		if (left === 'locked') return reasonPage(language, 'locked');
		if (!isCode(code, codeOf(sign, question, person))) {
			if (left === 0) return reasonPage(language, 'locked');
			return again([{ field: 'code', text: WORDS[language].wrongCode(left) }]);
		}
	}
	const answer: Answer = { person, ...definedEntries({ choice: choice && position }), comment };
	const faster = await claims?.claim(answer);
	if (faster) return answeredPage(visit, faster);
	return { status: 200, html: recordedPage(visit, answer), answer };
}

function problemsOf(
	{ question, language }: Visit,
	choice: Choice | undefined,
	comment: string,
	code: string,
): Problem[] {
	const words = WORDS[language];
	const problems: Problem[] = [];
	if (!isFreeText(question) && !choice) {
		problems.push({ field: 'choice', text: words.missingChoice });
	}
	if (comment === '' && needsComment(question, choice)) {
		const text = isFreeText(question) ? words.missingAnswer : words.missingComment;
		problems.push({ field: 'comment', text });
	}
	if (comment.length > LONGEST_COMMENT) {
		problems.push({ field: 'comment', text: words.commentTooLong(LONGEST_COMMENT) });
	}
	if (question.confirmation === 'code' && !/\d/.test(code)) {
		problems.push({ field: 'code', text: words.missingCode });
	}
	return problems;
}

/** Control characters other than line breaks and tabs, and those that turn text around unseen. */
const UNWANTED = /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

function cleanText(value: unknown): string {
	if (typeof value !== 'string') return '';
	return value
		.replace(/\p{Surrogate}/gu, '\ufffd')
		.replace(/\r\n?/g, '\n')
		.replace(UNWANTED, '')
		.trim();
}

function recordedPage(
	{ question, language }: Visit,
	{ choice, comment = '' }: Pick<Answer, 'choice'> & { comment?: string },
): string {
	const words = WORDS[language];
	const chosen = choiceAt(question, choice);
	return messagePage(
		language,
		words.recordedTitle,
		[chosen ? words.recorded(chosen.label) : words.recordedFreeText, words.mayClose],
		{ title: words.recordedComment, text: comment },
	);
}

function answeredPage(visit: Visit, { by }: Answered): PageResponse {
	const { question, language } = visit;
	if (by?.person === visit.person) return { status: 409, html: recordedPage(visit, by) };
	const words = WORDS[language];
	const lines = [words.answeredBefore];
	const person = by && question.people[by.person - 1];
	if (person) {
		const name = person.name ?? person.address;
		const choice = choiceAt(question, by.choice);
		lines.unshift(choice ? words.answeredBy(name, choice.label) : words.answeredFreeTextBy(name));
	}
	return { status: 409, html: messagePage(language, words.answeredTitle, lines) };
}

/** A page that says why nothing can be answered here. */
export function reasonPage(language: Language, reason: keyof typeof REASONS): PageResponse {
	const words = WORDS[language];
	const html = messagePage(language, words[`${reason}Title`], [words[reason]]);
	return { status: REASONS[reason], html };
}

/** Each reason with its HTTP status. */
const REASONS = { foreign: 410, refused: 403, locked: 403, failed: 503 } as const;

/**
 * Whether a form was posted by another site's page. Browsers say so in `Sec-Fetch-Site`; older ones
 * name the origin. A client that sends neither is no browser, and has nobody's session to misuse.
 * https://www.w3.org/TR/fetch-metadata/
 *
 * @param ownUrl any address of this n8n as people reach it
 */
function isForeignPost(headers: Readonly<Record<string, unknown>>, ownUrl: string): boolean {
	const site = headers['sec-fetch-site'];
	if (typeof site === 'string') return site !== 'same-origin' && site !== 'none';
	const { origin, host } = headers;
	if (typeof origin !== 'string') return false;
	// `null`, or nothing that a browser sends.
	if (!URL.canParse(origin)) return true;
	const given = new URL(origin);
	// Behind a proxy, the host may be the one that people see or the one inside.
	return given.origin !== new URL(ownUrl).origin && given.host !== host;
}
