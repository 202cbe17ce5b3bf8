export { formatBytes } from './limits';
export { planTravel, type TravellingFile, type TravelPlan } from './planTravel';
export { readAttachments, type AttachmentParameters } from './readAttachments';
export type { AttachmentRefusal, AttachmentWarning } from './remarks';
export { toParcel, type LoadedMail } from './toParcel';
