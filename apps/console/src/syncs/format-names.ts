import type { listFormats } from '@droplock/contracts/console/sync-runs'

/** The formats that can be read, as operators call them. */
export const formatNames = {
  'ietf-csv': 'Drop list CSV (IETF draft)',
  'pl-text': '.pl text, one name a line',
} as const satisfies Record<(typeof listFormats)[number], string>
