import type { Question } from './question';

export type Language = 'en' | 'de';

/** Everything that email and page say by themselves. */
const EN = {
	// In the email
	answerWith: 'Your answer:',
	answerHere: 'Answer the question',
	whatAClickDoes:
		'A click opens a page in your browser. Nothing is decided until you press the button on that page.',
	firstCounts: 'The first answer counts.',
	deadline: (moment: string, zone: string) => `Please answer by ${moment} (${zone}).`,
	codeIs: (code: string) => `The page asks for this code: ${code}`,
	noActionRequired:
		'If the page says that no action is required or that the link is no longer valid, the question is closed.',
	/** Of the email to people in CC, who are not asked. */
	forInformation: (people: string) =>
		`For your information: this question was sent to ${people}. You do not need to answer.`,
	// On the page with the form
	askedOf: (person: string) => `This question was sent to ${person}.`,
	chooseOne: 'Choose your answer',
	yourAnswer: 'Your answer',
	comment: 'Comment',
	commentRequired: 'required',
	commentRequiredToDecline: 'required if you decline',
	commentOptional: 'optional',
	code: 'Code from the email',
	codeHint: 'Six digits. They are in the email that brought you here.',
	submit: 'Send answer',
	nothingYet: 'Nothing is decided until you press the button.',
	// What is missing in the form
	pleaseCorrect: 'Your answer was not sent yet:',
	missingChoice: 'Choose one of the answers.',
	missingComment: 'Write a comment.',
	missingAnswer: 'Write your answer.',
	commentTooLong: (most: number) => `Use at most ${most.toLocaleString('en')} characters.`,
	missingCode: 'Enter the six digits from the email.',
	wrongCode: (left: number) =>
		`This code does not match. ${left === 1 ? 'One try is left.' : `${left} tries are left.`}`,
	// On the other pages
	recordedTitle: 'Thank you, your answer is recorded',
	recorded: (choice: string) => `You answered: ${choice}`,
	recordedFreeText: 'Your text was passed on.',
	recordedComment: 'Your comment',
	mayClose: 'You can close this page.',
	answeredTitle: 'This question was answered already',
	answeredBy: (person: string, choice: string) => `${person} answered: ${choice}`,
	answeredFreeTextBy: (person: string) => `${person} answered.`,
	answeredBefore: 'The first answer counts. Further answers are not needed and not recorded.',
	lockedTitle: 'This link is locked',
	locked:
		'The code was wrong too often. Ask the person who sent you the email to send the question again. Other people who were asked can still answer.',
	foreignTitle: 'This link is no longer valid',
	foreign:
		'It belongs to a question that is closed. If a newer email asks you again, use the link in that one.',
	refusedTitle: 'Your answer was not accepted',
	refused: 'It did not come from this page. Open the link in the email again and answer there.',
	failedTitle: 'Your answer could not be recorded',
	failed: 'Please open the link in the email again in a minute. Nothing is decided so far.',
};

export type Words = typeof EN;

const DE: Words = {
	answerWith: 'Ihre Antwort:',
	answerHere: 'Frage beantworten',
	whatAClickDoes:
		'Ein Klick öffnet eine Seite im Browser. Entschieden wird erst, wenn Sie dort auf die Schaltfläche drücken.',
	firstCounts: 'Die erste Antwort zählt.',
	deadline: (moment, zone) => `Bitte antworten Sie bis ${moment} (${zone}).`,
	codeIs: (code) => `Die Seite fragt nach diesem Code: ${code}`,
	noActionRequired:
		'Meldet die Seite „No action required“ oder dass der Link nicht mehr gültig ist, dann ist die Frage abgeschlossen.',
	forInformation: (people) =>
		`Zur Information: Diese Frage ging an ${people}. Sie müssen nicht antworten.`,
	askedOf: (person) => `Diese Frage ging an ${person}.`,
	chooseOne: 'Wählen Sie Ihre Antwort',
	yourAnswer: 'Ihre Antwort',
	comment: 'Kommentar',
	commentRequired: 'erforderlich',
	commentRequiredToDecline: 'bei einer Ablehnung erforderlich',
	commentOptional: 'freiwillig',
	code: 'Code aus der E-Mail',
	codeHint: 'Sechs Ziffern. Sie stehen in der E-Mail, aus der Sie hierher kamen.',
	submit: 'Antwort senden',
	nothingYet: 'Entschieden wird erst, wenn Sie auf die Schaltfläche drücken.',
	pleaseCorrect: 'Ihre Antwort wurde noch nicht gesendet:',
	missingChoice: 'Wählen Sie eine der Antworten.',
	missingComment: 'Schreiben Sie einen Kommentar.',
	missingAnswer: 'Schreiben Sie Ihre Antwort.',
	commentTooLong: (most) => `Schreiben Sie höchstens ${most.toLocaleString('de')} Zeichen.`,
	missingCode: 'Geben Sie die sechs Ziffern aus der E-Mail ein.',
	wrongCode: (left) =>
		`Dieser Code stimmt nicht. ${left === 1 ? 'Ein Versuch bleibt.' : `${left} Versuche bleiben.`}`,
	recordedTitle: 'Danke, Ihre Antwort ist gespeichert',
	recorded: (choice) => `Ihre Antwort: ${choice}`,
	recordedFreeText: 'Ihr Text wurde weitergegeben.',
	recordedComment: 'Ihr Kommentar',
	mayClose: 'Sie können diese Seite schließen.',
	answeredTitle: 'Diese Frage ist schon beantwortet',
	answeredBy: (person, choice) => `${person} hat geantwortet: ${choice}`,
	answeredFreeTextBy: (person) => `${person} hat geantwortet.`,
	answeredBefore:
		'Die erste Antwort zählt. Weitere Antworten sind nicht nötig und werden nicht gespeichert.',
	lockedTitle: 'Dieser Link ist gesperrt',
	locked:
		'Der Code war zu oft falsch. Bitten Sie die Person, von der die E-Mail kam, die Frage noch einmal zu senden. Andere Gefragte können weiterhin antworten.',
	foreignTitle: 'Dieser Link ist nicht mehr gültig',
	foreign:
		'Er gehört zu einer Frage, die abgeschlossen ist. Wenn eine neuere E-Mail Sie noch einmal fragt, nehmen Sie deren Link.',
	refusedTitle: 'Ihre Antwort wurde nicht angenommen',
	refused:
		'Sie kam nicht von dieser Seite. Öffnen Sie den Link in der E-Mail noch einmal und antworten Sie dort.',
	failedTitle: 'Ihre Antwort konnte nicht gespeichert werden',
	failed:
		'Bitte öffnen Sie den Link in der E-Mail in einer Minute noch einmal. Bisher ist nichts entschieden.',
};

export const WORDS: Readonly<Record<Language, Words>> = { en: EN, de: DE };

/** The language that a browser prefers among ours; English if it asks for neither. */
export function preferredLanguage(acceptLanguage: unknown): Language {
	if (typeof acceptLanguage !== 'string') return 'en';
	const wanted = acceptLanguage
		.slice(0, 500)
		.split(',')
		.map((part) => {
			const [language] = /^[^\s;-]*/.exec(part.trim().toLowerCase())!;
			const [, quality = '1'] = /;\s*q=([\d.]+)/i.exec(part) ?? [];
			return { language, quality: Number(quality) };
		})
		.filter(({ language, quality }) => Object.hasOwn(WORDS, language) && quality > 0)
		.sort((a, b) => b.quality - a.quality);
	return (wanted[0]?.language as Language | undefined) ?? 'en';
}

/** The deadline in the time zone of the question; empty where there is none. */
export function deadlineInWords(
	{ deadline, timeZone }: Pick<Question, 'deadline' | 'timeZone'>,
	language: Language,
): string {
	if (deadline === undefined) return '';
	const moment = new Intl.DateTimeFormat(language === 'en' ? 'en-US' : 'de-DE', {
		timeZone,
		dateStyle: 'full',
		timeStyle: 'short',
	}).format(new Date(deadline));
	return WORDS[language].deadline(moment, timeZone);
}
