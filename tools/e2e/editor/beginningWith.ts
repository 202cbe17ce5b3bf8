/** An option is called by its name and then its description, which may name other options. */
export function beginningWith(name: string): RegExp {
	return new RegExp(`^\\s*${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
}
