import type { listFormats } from '@droplock/contracts/console/sync-runs'

/** The formats that can be read, as operators call them. */
export const formatNames = {
  'ietf-csv': 'Drop list CSV (IETF draft)',
  'pl-text': '.pl text, one name per line',
  'pl-deleted': '.pl text, names deleted that day',
  'se-text': '.se and .nu text',
  'se-json': '.se and .nu JSON',
  'hexonet-csv': 'CSV: domain;date time',
  'pool-csv': 'CSV: domain,date,tag',
} as const satisfies Record<(typeof listFormats)[number], string>

/** The name of a format; one that no reader has stays as it is. */
export function formatName(format: string): string {
  return Object.entries(formatNames).find(([known]) => known === format)?.[1] ?? format
}
