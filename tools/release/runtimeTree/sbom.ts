/** What is read of a CycloneDX bill of materials. https://cyclonedx.org/docs/1.5/json/ */
export interface Sbom {
	bomFormat: string;
	components: Array<{
		name: string;
		version: string;
		licenses?: Array<{ license?: { id?: string }; expression?: string }>;
		externalReferences?: Array<{ type: string; url: string }>;
	}>;
}

/** Without the address from which this machine fetched each component. */
export function withoutDownloads(sbom: Sbom): Sbom {
	return {
		...sbom,
		components: sbom.components.map((component) => ({
			...component,
			externalReferences: (component.externalReferences ?? []).filter(
				({ type }) => type !== 'distribution',
			),
		})),
	};
}
