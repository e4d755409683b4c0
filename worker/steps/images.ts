import { NOTHING, type Step } from './step'

export const images: Step = { kind: 'images', records: ['picture'], tables: [], stage() {}, apply: async () => NOTHING }
