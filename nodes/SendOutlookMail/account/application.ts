/** Whose application signs in: RoboMQ's, or one that the customer registered. */
export type Application = 'roboMq' | 'customer';

/** The credential type of each application. */
export const CREDENTIAL_TYPES: Readonly<Record<Application, string>> = {
	roboMq: 'roboMqOutlookOAuth2Api',
	customer: 'customerOutlookOAuth2Api',
};
