import { isTimeZone, offsetAt } from './timeZone';

/**
 * The IANA names that Graph's `dateTimeTimeZone` documents, besides the names that Windows uses.
 * The four that the document gives with an alternative in brackets are left out, since it does not
 * say which of the two counts; others of the same offset stand in for them.
 */
const DOCUMENTED = [
	'Etc/GMT+12 Etc/GMT+11 Pacific/Honolulu America/Anchorage America/Santa_Isabel',
	'America/Los_Angeles America/Phoenix America/Chihuahua America/Denver America/Guatemala',
	'America/Chicago America/Mexico_City America/Regina America/Bogota America/New_York',
	'America/Indiana/Indianapolis America/Caracas America/Asuncion America/Halifax America/Cuiaba',
	'America/La_Paz America/Santiago America/St_Johns America/Sao_Paulo',
	'America/Argentina/Buenos_Aires America/Cayenne America/Godthab America/Montevideo America/Bahia',
	'Etc/GMT+2 Atlantic/Azores Atlantic/Cape_Verde Africa/Casablanca Etc/GMT Europe/London',
	'Atlantic/Reykjavik Europe/Berlin Europe/Budapest Europe/Paris Europe/Warsaw Africa/Lagos',
	'Africa/Windhoek Europe/Bucharest Asia/Beirut Africa/Cairo Asia/Damascus Africa/Johannesburg',
	'Europe/Istanbul Asia/Jerusalem Asia/Amman Asia/Baghdad Europe/Kaliningrad Asia/Riyadh',
	'Africa/Nairobi Asia/Tehran Asia/Dubai Asia/Baku Europe/Moscow Indian/Mauritius Asia/Tbilisi',
	'Asia/Yerevan Asia/Kabul Asia/Karachi Asia/Kolkata Asia/Colombo Asia/Kathmandu Asia/Dhaka',
	'Asia/Yekaterinburg Asia/Bangkok Asia/Novosibirsk Asia/Shanghai Asia/Krasnoyarsk Asia/Singapore',
	'Australia/Perth Asia/Taipei Asia/Ulaanbaatar Asia/Irkutsk Asia/Tokyo Asia/Seoul',
	'Australia/Adelaide Australia/Darwin Australia/Brisbane Australia/Sydney Pacific/Port_Moresby',
	'Australia/Hobart Asia/Yakutsk Pacific/Guadalcanal Asia/Vladivostok Pacific/Auckland Etc/GMT-12',
	'Pacific/Fiji Asia/Magadan Pacific/Tongatapu Pacific/Apia Pacific/Kiritimati',
].flatMap((line) => line.split(' '));

/**
 * The name under which Graph knows a time zone at the given instants: the zone's own if Graph
 * documents it, else that of a documented zone whose clocks agree at all of them (`Europe/Vienna`
 * goes as `Europe/Berlin`), else `UTC`. The instants stay the same in every case, and the dates too
 * in all but the last.
 */
export function graphTimeZone(timeZone: string, instants: number[]): string {
	if (DOCUMENTED.includes(timeZone)) return timeZone;
	if (/^(?:Etc\/)?(?:UTC|UCT|Universal|Zulu)$/i.test(timeZone)) return 'UTC';
	const offsets = instants.map((instant) => offsetAt(instant, timeZone));
	const agrees = (candidate: string) =>
		isTimeZone(candidate) &&
		instants.every((instant, index) => offsetAt(instant, candidate) === offsets[index]);
	return DOCUMENTED.find(agrees) ?? 'UTC';
}
