import { createAppCertificate } from './certificate';
import type { AppCertificate, Application, ClientSecret, Tenant } from './shapes';
import type { Tenants } from './tenants';

const DAY = 24 * 60 * 60 * 1000;
const fromNow = (days: number) => new Date(Date.now() + days * DAY);

/**
 * The redirect URI of every n8n on this machine. Entra ignores the port of `localhost` and of
 * `127.0.0.1` (learn.microsoft.com/entra/identity-platform/reply-url, "Localhost exceptions").
 */
const LOCAL_N8N = 'http://localhost/rest/oauth2-credential/callback';

function secret(number: number, value: string, startsIn: number, endsIn: number): ClientSecret {
	return {
		secretId: `5ec4e700-0000-4000-8000-${String(number).padStart(12, '0')}`,
		value,
		description: `n8n ${number}`,
		startsAt: fromNow(startsIn),
		endsAt: fromNow(endsIn),
	};
}

function application(
	number: number,
	home: Tenant,
	own: Partial<Application> & Pick<Application, 'name'>,
): Application {
	return {
		id: `c11e0000-0000-4000-8000-${String(number).padStart(12, '0')}`,
		publisher: home.domain,
		homeTenantId: home.id,
		audience: 'AzureADMyOrg',
		enabled: true,
		platform: 'web',
		redirectUris: [LOCAL_N8N],
		secrets: [],
		certificates: [],
		permissions: ['Mail.Send'],
		...own,
	};
}

export function createApplications(
	{ contoso, tailspin, roboMq }: Tenants,
	certificates: { valid: AppCertificate; expired: AppCertificate },
) {
	return {
		/** The service provider's multi-tenant app. */
		roboMq: application(1, roboMq, {
			name: 'RoboMQ Send Outlook Mail',
			audience: 'AzureADMultipleOrgs',
			secrets: [secret(1, 'rmq8Q~sandbox.RoboMQ-secret-value-0001', -30, 700)],
		}),
		/** A customer's single-tenant app; two secrets are valid at once, one ended, one is to come. */
		customerSecret: application(2, contoso, {
			name: 'Contoso onboarding (secret)',
			secrets: [
				secret(2, 'cst8Q~sandbox.Contoso-secret-value-02', -300, 30),
				secret(3, 'cst8Q~sandbox.Contoso-secret-value-03', -10, 720),
				secret(4, 'cst8Q~sandbox.Contoso-ended-secret-04', -800, -70),
				secret(5, 'cst8Q~sandbox.Contoso-coming-secret-5', 10, 700),
			],
		}),
		/** A customer's single-tenant app that authenticates with a certificate. */
		customerCertificate: application(3, contoso, {
			name: 'Contoso onboarding (certificate)',
			certificates: [certificates.valid, certificates.expired],
		}),
		/** AADSTS7000222. */
		expiredSecret: application(4, contoso, {
			name: 'Contoso old onboarding',
			secrets: [secret(6, 'old8Q~sandbox.Contoso-secret-value-06', -731, -1)],
		}),
		/** AADSTS650056: nothing is listed under API permissions. */
		withoutMailSend: application(5, contoso, {
			name: 'Contoso without Mail.Send',
			secrets: [secret(7, 'nos8Q~sandbox.Contoso-secret-value-07', -10, 700)],
			permissions: [],
		}),
		/** AADSTS7000112. */
		disabled: application(6, contoso, {
			name: 'Contoso disabled app',
			secrets: [secret(8, 'dis8Q~sandbox.Contoso-secret-value-08', -10, 700)],
			enabled: false,
		}),
		/** The app of the single-tenant customer: AADSTS50194 through `common`. */
		tailspin: application(7, tailspin, {
			name: 'Tailspin notifier',
			secrets: [secret(9, 'tsp8Q~sandbox.Tailspin-secret-value-9', -10, 700)],
		}),
		/** AADSTS700025: registered under "Mobile and desktop applications". */
		publicClient: application(8, contoso, {
			name: 'Contoso desktop app',
			platform: 'publicClient',
			secrets: [secret(10, 'pub8Q~sandbox.Contoso-secret-value-10', -10, 700)],
		}),
	} satisfies Record<string, Application>;
}

export type Applications = Record<keyof ReturnType<typeof createApplications>, Application>;

export async function createCertificates() {
	const [valid, expired] = await Promise.all([
		createAppCertificate('Contoso onboarding', fromNow(-1), fromNow(365)),
		createAppCertificate('Contoso onboarding (old)', fromNow(-400), fromNow(-35)),
	]);
	return { valid, expired };
}
