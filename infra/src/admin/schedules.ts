import { applyChange } from '@droplock/core/schedule-changes/apply'
import { type ChangePreview, previewChange } from '@droplock/core/schedule-changes/preview'
import { previewUndo } from '@droplock/core/schedule-changes/preview-undo'
import { getChange, listChangedListings, listChanges } from '@droplock/core/schedule-changes/read'
import { stopChange } from '@droplock/core/schedule-changes/stop'
import { undoChange } from '@droplock/core/schedule-changes/undo'
import { Refusal } from '@droplock/rules/refusals'
import type { ScheduleAction } from '@droplock/rules/schedule/change'
import type { Admin, Program } from './admin.ts'
import { day, instant, minutes, readWhole, reasonOption, uuid } from './arguments.ts'

const kinds = ['window', 'shift', 'cutoff-lead', 'skip-day', 'drop-moved', 'policy'] as const

type Times = {
  readonly dropFrom?: Date | undefined
  readonly dropTo?: Date | undefined
  readonly cutoffAt?: Date | undefined
  readonly minutes?: number | undefined
}

/** Throws Refusal('invalid_request') where a time is missing. */
function toAction(kind: string, { dropFrom, dropTo, cutoffAt, minutes: by }: Times): ScheduleAction {
  if (kind === 'skip-day') return { kind: 'skip_day' }
  if (kind === 'policy') return { kind: 'policy' }
  if (kind === 'shift' || kind === 'cutoff-lead') {
    if (by === undefined) throw new Refusal('invalid_request', `A ${kind} needs --minutes.`)
    return { kind: kind === 'shift' ? 'shift' : 'cutoff_lead', seconds: 60 * by }
  }
  if (kind !== 'window' && kind !== 'drop-moved')
    throw new Refusal('invalid_request', `There is no ${kind}. The kinds are: ${kinds.join(', ')}.`)
  if (dropFrom === undefined || dropTo === undefined)
    throw new Refusal('invalid_request', `A ${kind} needs --drop-from and --drop-to.`)
  return kind === 'window' ? { kind, dropFrom, dropTo, cutoffAt } : { kind: 'drop_moved', dropFrom, dropTo }
}

type Noun = ReturnType<Program['command']>

export function addScheduleVerbs(program: Program, admin: Admin): void {
  const schedule = program
    .command('schedule')
    .description(
      'changes of many drop schedules: previewed as a draft, applied by the worker, undone as a whole',
    )
  addPreviewVerb(schedule, admin)
  addStepVerbs(schedule, admin)
  addReadVerbs(schedule, admin)
}

function addPreviewVerb(schedule: Noun, admin: Admin): void {
  schedule
    .command('preview')
    .description(
      'previews a change and keeps it as a draft, such as: schedule preview skip-day --zone com --date 2026-11-28',
    )
    .argument('<kind>', kinds.join(', '))
    .option('--names <names...>', 'these names, as A-labels')
    .option('--zone <zone>', 'of this zone')
    .option('--registry <id>', 'of this registry')
    .option('--date <date>', 'whose window starts on this day by the clock of the registry', day)
    .option('--skipped-of <id>', 'which this earlier change skipped', uuid)
    .option('--drop-from <time>', 'the new start of the window', instant)
    .option('--drop-to <time>', 'the new end of the window', instant)
    .option('--cutoff-at <time>', 'the new cut-off', instant)
    .option(
      '--minutes <minutes>',
      'by how much to shift, or how long before the window orders close',
      minutes,
    )
    .action(async (kind, { names, zone, registry: registryId, date: dropDate, skippedOf, ...times }) => {
      const filter = { names, zone, registryId, dropDate, skippedOf }
      const action = toAction(kind, times)
      printPreview(admin, await previewChange(admin.ctx(), { action, filter }))
    })
  schedule
    .command('preview-undo')
    .description('previews undoing a change; nothing changes')
    .argument('<id>', 'which', uuid)
    .action(async (id) => printPreview(admin, await previewUndo(admin.ctx(), id)))
}

function printPreview(admin: Admin, { id, counts }: ChangePreview): void {
  const { effects, cutoffsBefore, cutoffsAfter, notMovable, ...sums } = counts
  admin.print({
    id,
    ...effects,
    ...Object.fromEntries(Object.entries(notMovable).filter(([, count]) => count > 0)),
    ...Object.fromEntries(Object.entries(sums).map(([name, count]) => [snake(name), count])),
    cutoffs_before: rangeText(cutoffsBefore),
    cutoffs_after: rangeText(cutoffsAfter),
  })
}

function addStepVerbs(schedule: Noun, admin: Admin): void {
  for (const [verb, change, description] of [
    ['apply', applyChange, 'applies a draft, or continues a stopped change'],
    ['stop', stopChange, 'stops a change; what it has changed stays'],
    ['undo', undoChange, 'undoes a change: its listings return to what the lists say'],
  ] as const)
    schedule
      .command(verb)
      .description(description)
      .argument('<id>', 'which', uuid)
      .requiredOption(...reasonOption)
      .action(async (changeId, { reason }) => {
        await change(admin.ctx(), { changeId, reason })
        await printChange(admin, changeId)
      })
}

function addReadVerbs(schedule: Noun, admin: Admin): void {
  schedule
    .command('show')
    .description('shows how far a change is')
    .argument('<id>', 'which', uuid)
    .action((id) => printChange(admin, id))
  schedule
    .command('listings')
    .description('lists the listings of a change and what was done with each')
    .argument('<id>', 'which', uuid)
    .action(async (changeId) => {
      const listings = await readWhole((page) => listChangedListings(admin.ctx(), { changeId, ...page }))
      admin.print(
        listings.map(({ name, effect, result, skippedFor, changed, undoResult }) => ({
          name,
          effect,
          result,
          skipped_for: skippedFor,
          changed: changed ?? [],
          undo: undoResult,
        })),
      )
    })
  schedule
    .command('list')
    .description('lists the changes, the newest first')
    .action(async () => {
      const changes = await readWhole((page) => listChanges(admin.ctx(), page))
      admin.print(
        changes.map(({ id, action, state, madeBy, madeAt, reason }) => ({
          id,
          kind: action.kind,
          state,
          made_by: madeBy,
          made_at: madeAt,
          reason,
        })),
      )
    })
}

async function printChange(admin: Admin, id: string): Promise<void> {
  const { action, state, reason, progress } = await getChange(admin.ctx(), id)
  const { skippedFor, undoSkippedFor, ...counts } = progress
  admin.print({
    id,
    kind: action.kind,
    state,
    reason,
    ...counts,
    skipped_for: causes(skippedFor),
    undo_skipped_for: causes(undoSkippedFor),
  })
}

function causes(found: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(found).map(([cause, count]) => `${cause}=${count}`)
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function rangeText(range: { readonly from: Date; readonly to: Date } | null): readonly string[] {
  return range === null ? [] : [range.from.toISOString(), range.to.toISOString()]
}
