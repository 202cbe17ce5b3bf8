import { escapeHtml, readHtml, type Attributes } from '../mail/html';

/** Tags that a message may use on the page. None of them loads, runs or styles anything. */
const SHOWN =
	'a b blockquote br code dd div dl dt em h1 h2 h3 h4 h5 h6 hr i li ol p pre s small span strong sub sup table tbody td th thead tr u ul'.split(
		' ',
	);

/** Elements whose content nobody is meant to read. */
const UNSEEN =
	'iframe math noembed noframes noscript object script style svg template title textarea xmp plaintext select'.split(
		' ',
	);

/** Deeper nesting is left out; its text stays. */
const DEEPEST = 50;

const LINK = /^(?:https?:\/\/|mailto:)[^\s"'<>\\]+$/i;

/** `<jane@x.example>` and `<https://…>` are text, unlike the `<o:p>` of Word and Outlook. */
const NO_TAG = /[^a-z0-9:]|:$/;

/** What a caller lets through beyond text; what it returns is not escaped again. */
export interface Looks {
	/** Attributes of a tag, each with a space before it. */
	attributes(given: Attributes): string;
	image(given: Attributes): string;
	link(given: Attributes): string;
}

/**
 * Rebuilds HTML from the little of it that a page of text needs. Nothing is copied but text: every
 * tag of the result is written here, `href` is the only attribute, and what is not understood becomes
 * text. Tags are closed in the end, so a message cannot swallow the page around it. Nor can it end an
 * element of the page, provided that none around it has a name from `SHOWN`: browsers end some tags
 * earlier than they are closed here (`<li><div><li></li></div>`), and `</div>` would then end another.
 */
export function safeHtml(html: string, looks: Looks = PLAIN): string {
	const out: string[] = [];
	const open: string[] = [];
	/** Closes what was opened inside as well, so that the result nests. */
	const closeTo = (depth: number) => {
		while (open.length > depth) out.push(`</${open.pop()}>`);
	};
	for (const { kind, source, name, attributes } of readHtml(html, UNSEEN)) {
		if (kind === 'text' || kind === 'unfinished' || NO_TAG.test(name)) {
			out.push(escapeText(source));
		} else if (kind === 'end') {
			if (open.includes(name)) closeTo(open.lastIndexOf(name));
		} else if (kind === 'start' && name === 'img') {
			out.push(looks.image(attributes));
		} else if (kind === 'start' && SHOWN.includes(name)) {
			const isVoid = name === 'br' || name === 'hr';
			if (!isVoid && open.length >= DEEPEST) continue;
			const link = name === 'a' ? looks.link(attributes) : '';
			out.push(`<${name}${link}${looks.attributes(attributes)}>`);
			if (!isVoid) open.push(name);
		}
	}
	closeTo(0);
	return out.join('');
}

const PLAIN: Looks = {
	attributes: () => '',
	image: (given) => escapeText(given.get('alt') ?? ''),
	link(given) {
		const href = given.get('href')?.trim() ?? '';
		if (!LINK.test(href)) return '';
		return ` href="${escapeHtml(href)}" rel="noopener noreferrer" target="_blank"`;
	},
};

/** Text of HTML keeps its entities; of a bare `&` an entity is made. */
function escapeText(text: string): string {
	return text
		.replace(/&(?!(?:[a-z][a-z0-9]{1,31}|#\d{1,7}|#x[0-9a-f]{1,6});)/gi, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;');
}
