import type { Credential } from '../../n8n/credentials';

/** An AI Agent with a model and no tool yet, as n8n's editor would save it. */
export function agentWorkflow({ id, name }: Credential) {
	return {
		name: 'An agent that writes',
		settings: { executionOrder: 'v1' },
		nodes: [
			{
				id: 'e2e-agent-1',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'e2e-agent-2',
				name: 'HR Agent',
				type: '@n8n/n8n-nodes-langchain.agent',
				typeVersion: 3.1,
				position: [220, 0],
				parameters: {
					promptType: 'define',
					text: 'Tell Käthe that her badge is ready.',
					options: {},
				},
			},
			{
				id: 'e2e-agent-3',
				name: 'Model',
				type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
				typeVersion: 1.3,
				position: [140, 220],
				parameters: {
					model: { __rl: true, mode: 'id', value: 'scripted' },
					responsesApiEnabled: false,
					options: {},
				},
				credentials: { openAiApi: { id, name } },
			},
		],
		connections: {
			Start: { main: [[{ node: 'HR Agent', type: 'main', index: 0 }]] },
			Model: { ai_languageModel: [[{ node: 'HR Agent', type: 'ai_languageModel', index: 0 }]] },
		},
	};
}
