import { z } from '@hono/zod-openapi'
import { DomainName, Id, Time } from '../common/primitives.ts'
import { quarantineReasons, syncRunStates } from '../common/words.ts'
import { Schedule } from './schedule.ts'

/** The list formats that can be read; a test holds them against the readers. */
export const listFormats = ['ietf-csv', 'pl-text'] as const

/** Names that a run leaves as they are are counted only. */
export const changeKinds = ['added', 'moved', 'suspected', 'overridden', 'too_late'] as const

const syncRun = {
  id: Id,
  registry_id: z.string(),
  source: z.string().openapi({ description: 'A file name or an address' }),
  format: z.string(),
  content_sha256: z.string(),
  scope: z.object({
    kind: z.enum(['snapshot', 'increment']),
    zones: z.array(z.string()),
    from: z.string().optional().openapi({ description: 'First drop date' }),
    to: z.string().optional().openapi({ description: 'Last drop date' }),
  }),
  state: z.enum(syncRunStates),
  rows_read: z.int(),
  rows_rejected: z.int(),
  truncated: z.boolean().openapi({ description: 'The reader came to no proper end of the list' }),
  counts: z
    .object({
      added: z.int(),
      moved: z.int(),
      suspected: z.int(),
      overridden: z.int().openapi({ description: 'Left where an operator put them' }),
      too_late: z.int(),
      unchanged: z.int(),
    })
    .optional()
    .openapi({ description: 'What the publication did; absent before' }),
  quarantine_reasons: z.array(z.enum(quarantineReasons)),
  failure: z.string().optional(),
  uploaded_by: z
    .string()
    .optional()
    .openapi({ description: 'Who uploaded it; absent for a list that was fetched' }),
  decided_by: z.string().optional(),
  decision_reason: z.string().optional(),
  created_at: Time,
  published_at: Time.optional(),
}

export const SyncRun = z.object(syncRun).openapi('SyncRun')

export const SyncRunDetail = z
  .object({
    ...syncRun,
    diff: z
      .object({
        added: z.int(),
        moved: z.int(),
        suspected: z.int(),
        overridden: z.int(),
        too_late: z.int(),
        unchanged: z.int(),
        live: z.int().openapi({ description: 'Live listings that the list speaks of' }),
      })
      .openapi({ description: 'What publishing would do now; once published, what it did' }),
    rejects_by_reason: z
      .array(z.object({ reason: z.string(), count: z.int() }))
      .openapi({ description: 'Of all rows, the commonest reason first' }),
  })
  .openapi('SyncRunDetail')

export const Upload = z
  .object({
    settlement: z
      .enum(['published', 'quarantined', 'unchanged'])
      .openapi({ description: '`unchanged`: this very list is in force already, and nothing was done' }),
    sync_run: SyncRunDetail,
  })
  .openapi('Upload')

/** What a run does to one name. */
export const SyncRunChange = z
  .object({
    name: DomainName,
    kind: z.enum(changeKinds),
    zone: z.string(),
    listing_id: Id.optional(),
    from: Schedule.optional().openapi({
      description:
        'Where the listing is, or was before the publication; absent for a name that was not listed',
    }),
    to: Schedule.optional().openapi({
      description: 'Where the list has it; absent for a name that it no longer carries',
    }),
  })
  .openapi('SyncRunChange')

export const SyncRunReject = z
  .object({
    line: z.int().openapi({ description: 'From 1, in the decoded text' }),
    raw: z.string().openapi({ description: 'Cut to 200 characters' }),
    reason: z.string(),
  })
  .openapi('SyncRunReject')
