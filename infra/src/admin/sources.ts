import { InvalidArgumentError, Option } from '@commander-js/extra-typings'
import {
  addSource,
  changeSource,
  disableSource,
  enableSource,
  requestFetch,
} from '@droplock/core/sources/administer'
import { listSources } from '@droplock/core/sources/read'
import { formats, isDropListFormat } from '@droplock/feeds/formats/formats'
import { type ListSourceTerms, usualSource } from '@droplock/rules/list-sources'
import type { Admin, Program } from './admin.ts'
import { readWhole, reasonOption, someText, uuid } from './arguments.ts'

/** What says that a term is not set any more. */
const NOTHING = 'none'

/** The options of a source's terms, for `add` and `change`. */
function termOptions() {
  const kinds = ['snapshot', 'increment', NOTHING] as const
  return [
    new Option('--format <format>', 'of its lists; detected unless said').choices([
      ...Object.keys(formats),
      NOTHING,
    ]),
    new Option('--scope-kind <kind>', 'what its lists are; as the format says unless said').choices(kinds),
    new Option('--time-zone <zone>', 'of its dates and times, such as Europe/Warsaw; UTC unless said'),
    new Option('--expected-by <time>', 'local time of day by which the list of the day has come, or none'),
    new Option('--late-allowance-seconds <n>', 'how much later it may come').argParser(whole),
    new Option('--late-after-seconds <n>', 'how old its last list may be, or none').argParser(wholeOrNothing),
    new Option('--credentials <name>', 'which of DROPLOCK_SOURCE_CREDENTIALS it asks for, or none'),
    new Option('--precedence <n>', 'of two sources that list one name the higher number decides').argParser(
      whole,
    ),
    new Option('--poll-seconds <n>', 'time between two tries, or none: as the worker is set').argParser(
      wholeOrNothing,
    ),
    new Option(
      '--suspected-percent-max <n>',
      'above it a list is held back, or none: as for the registry',
    ).argParser(wholeOrNothing),
    new Option('--moved-percent-max <n>', 'above it a list is held back, or none').argParser(wholeOrNothing),
    new Option('--rows-percent-min <n>', 'below it a list is held back, or none').argParser(wholeOrNothing),
  ] as const
}

function whole(text: string): number {
  if (/^-?\d{1,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number.')
}

function wholeOrNothing(text: string): number | typeof NOTHING {
  return text === NOTHING ? NOTHING : whole(text)
}

/** The terms that were given. */
function termsOf(options: Readonly<Record<string, unknown>>): Partial<ListSourceTerms> {
  const names = Object.keys(usualSource)
  const given = names.filter((name) => options[name] !== undefined)
  return Object.fromEntries(given.map((name) => [name, options[name] === NOTHING ? null : options[name]]))
}

export function addSourceVerbs(program: Program, admin: Admin): void {
  const source = program.command('source').description('where drop lists are fetched from')
  const add = source
    .command('add')
    .description('adds a source; workers fetch it within seconds')
    .argument('<registry>', 'whose lists they are', someText)
    .argument('<address>', 'a URL without password, or an absolute path of the workers', someText)
  for (const option of termOptions()) add.addOption(option)
  add.action(async (registryId, address, options) => {
    const terms = { ...usualSource, ...termsOf(options), address }
    admin.print({ id: await addSource(admin.ctx(), { ...terms, registryId }, isDropListFormat) })
  })
  const change = source
    .command('change')
    .description('changes what is given, from the next fetch on')
    .argument('<id>', 'which', uuid)
    .option('--address <address>', 'a URL without password, or an absolute path', someText)
    .requiredOption(...reasonOption)
  for (const option of termOptions()) change.addOption(option)
  change.action(async (id, { reason, address, ...options }) => {
    const terms = { ...termsOf(options), ...(address !== undefined && { address }) }
    await changeSource(admin.ctx(), { id, terms, reason }, isDropListFormat)
    admin.print({ id, changed: true })
  })
  addSourceStateVerbs(source, admin)
}

type Command = ReturnType<Program['command']>

function addSourceStateVerbs(source: Command, admin: Admin): void {
  source
    .command('list')
    .description('lists sources and how they fare; the disabled ones come last')
    .action(async () => {
      const sources = await readWhole((page) => listSources(admin.ctx(), page))
      admin.print(
        sources.map((each) => ({
          id: each.id,
          registry: each.registryId,
          address: each.address,
          enabled: each.enabled,
          format: each.format ?? 'detected',
          last_list_at: each.listAt,
          late_seconds: each.lateSeconds,
          last_good_at: each.goodAt,
          next_try_at: each.nextTryAt,
          failures: each.failures,
          last_failure: each.failure,
        })),
      )
    })
  source
    .command('fetch')
    .description('has a worker fetch a source now')
    .argument('<id>', 'which', uuid)
    .option('--dry-run', 'compares its list; nothing changes')
    .requiredOption(...reasonOption)
    .action(async (id, { reason, dryRun }) => {
      await requestFetch(admin.ctx(), { id, reason, isDryRun: dryRun === true })
      admin.print({ id, requested: dryRun === true ? 'dry_run' : 'list' })
    })
  const states = [
    ['enable', 'fetches a source again', enableSource],
    ['disable', 'fetches a source no more', disableSource],
  ] as const
  for (const [verb, description, change] of states)
    source
      .command(verb)
      .description(description)
      .argument('<id>', 'which', uuid)
      .requiredOption(...reasonOption)
      .action(async (id, { reason }) => {
        await change(admin.ctx(), { id, reason })
        admin.print({ id, enabled: verb === 'enable' })
      })
}
