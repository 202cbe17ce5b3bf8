/** CPU milliseconds of this process for each of so many mails. */
export async function cpuPerMail(
	mails: number,
	work: (mails: number) => Promise<void>,
): Promise<number> {
	const before = process.cpuUsage();
	await work(mails);
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000 / mails;
}
