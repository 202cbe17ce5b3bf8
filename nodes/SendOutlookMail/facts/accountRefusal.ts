/** An account or a credential that cannot be used, whichever mail it is for. */
export class AccountRefusal extends Error {
	override readonly name = 'AccountRefusal';

	/**
	 * @param code stable, e.g. `notConnected`
	 * @param message what is wrong, one sentence without a full stop
	 * @param remedy how to mend it, and who can
	 */
	constructor(
		readonly code: string,
		message: string,
		readonly remedy: string,
	) {
		super(message);
	}
}
