import { RETENTION_DAYS_MAX, type RetentionDays, retentionPolicy } from '@droplock/rules/retention/policy'
import { json } from '@droplock/settings/values'
import { z } from 'zod'

const usual = Object.entries(retentionPolicy)

/** `{"attempt":180}`: what is to be kept for another time than usual, in days. Kinds that are not named keep theirs. */
const Days = z
  .strictObject(
    Object.fromEntries(
      usual.map(([kind, { daysMin }]) => [
        kind,
        z.number().int().min(daysMin).max(RETENTION_DAYS_MAX).optional(),
      ]),
    ),
  )
  .transform(
    (given): RetentionDays =>
      Object.fromEntries(usual.map(([kind, { days }]) => [kind, given[kind] ?? days])) as RetentionDays,
  )

/** JSON object of `RetentionKind` → days. */
export const retentionDays = json(Days).default(Days.parse({}))
