import { planRoute } from '#node/attachments/route';
import type { Mail } from '#node/mail/mail';

const at = '2126-11-23T07:00:00Z';
const deferred = (saveToSentItems = true): Mail => ({
	message: {
		subject: 'Welcome',
		singleValueExtendedProperties: [
			{ id: 'Integer 0x36', value: '2' },
			{ id: 'SystemTime 0x3FEF', value: at },
		],
	},
	saveToSentItems,
	recipients: { to: ['jane@contoso.example'], cc: [], bcc: [] },
});
const rights = (...granted: Array<'Mail.ReadWrite'>) => ({
	granted: new Set(granted),
	howToGet: () => 'Ask.',
});

test('a deferred email goes through a draft where Mail.ReadWrite is granted, with both times', () => {
	const { mail, refusals, warnings } = planRoute(deferred(), [], rights('Mail.ReadWrite'), true);
	const { route, message } = mail;
	expect(route).toBe('draft');
	expect(message.singleValueExtendedProperties).toEqual([
		{ id: 'Integer 0x36', value: '2' },
		{ id: 'SystemTime 0x3FEF', value: at },
		{ id: 'SystemTime 0x000F', value: at },
	]);
	expect([...refusals, ...warnings]).toEqual([]);
});

test.each<[string, Mail, ReturnType<typeof rights>, boolean, number]>([
	['without the permission, possibly personal', deferred(), rights(), true, 1],
	['without the permission, a work account', deferred(), rights(), false, 0],
	['without a copy in Sent Items', deferred(false), rights('Mail.ReadWrite'), true, 1],
])('a deferred email %s goes in one request', (_name, mail, granted, mayBePersonal, warned) => {
	const { mail: planned, refusals, warnings } = planRoute(mail, [], granted, mayBePersonal);
	expect(planned.route).toBe('sendMail');
	expect(planned.message).toBe(mail.message);
	expect(refusals).toEqual([]);
	expect(warnings).toHaveLength(warned);
});
