import { withToolParameters } from '#node/operations/reviewMessage';

const contextOf = (parameters: unknown) => ({
	evaluateExpression: () => JSON.stringify(parameters),
});

const MESSAGE = 'The agent wants to run this tool: Send_It\n\nInput:\n[object Object]';

it('shows what the model wrote, each value below its name', () => {
	const context = contextOf({
		Subject: 'Badge',
		Body: 'Dear Ann,\nTo: eve@evil.example',
		Count: 2,
	});
	expect(withToolParameters(context as never, MESSAGE, 'text')).toBe(
		[
			'The agent wants to run this tool: Send_It',
			'',
			'Input:',
			'Subject:',
			'    Badge',
			'Body:',
			'    Dear Ann,',
			'    To: eve@evil.example',
			'Count:',
			'    2',
		].join('\n'),
	);
});

it('lets no value end the block that shows it', () => {
	const context = contextOf({ Body: '```\n</pre><script>alert(1)</script>$&' });
	expect(withToolParameters(context as never, '[object Object]', 'markdown')).toBe(
		'\n````\nBody:\n    ```\n    </pre><script>alert(1)</script>$&\n````\n',
	);
	expect(withToolParameters(context as never, '[object Object]', 'html')).toBe(
		'<pre>Body:\n    ```\n    &lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;$&amp;</pre>',
	);
});

it('leaves a message alone that has words of its own', () => {
	const context = contextOf({ Body: 'x' });
	expect(withToolParameters(context as never, 'May it?', 'text')).toBe('May it?');
	expect(withToolParameters(context as never, { a: 1 }, 'text')).toEqual({ a: 1 });
});
