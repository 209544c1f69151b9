/** The environment as a script sees it in `__ENV`: all of it, as under `k6 run`. */
export function readEnvironment(): Readonly<Record<string, string | undefined>> {
  return { ...process.env }
}

/** What the stand-in is told beside the script, where k6 has options of its command line. */
export function standInSettings() {
  return {
    /** Where it writes the run second by second, as JSON lines. Nowhere unless given. */
    secondsFile: process.env['SECONDS_FILE'],
    /** Figures are taken whatever the generator added to them: for tests of scenarios, on machines that do much else. */
    acceptBusy: process.env['ACCEPT_BUSY_GENERATOR'] === '1',
  }
}

export type SideCarSettings = {
  /** 0: any. Where it listens is written into the run's folder. */
  readonly port: number
  readonly gateway: string
  readonly keys: readonly string[]
  /** Streams of events held open, of the resellers in turn. */
  readonly streams: number
  /** A drop list that is ready, and where the worker looks for it. */
  readonly list: { readonly from: string; readonly to: string } | undefined
  /** What it writes for the report goes here. */
  readonly folder: string
  /** The processes to watch: all below the first, and the database's own. None unless given. */
  readonly rootPid: number | undefined
  readonly databasePid: number | undefined
  /** Reads a listing so often, to notice that answers take longer and longer. */
  readonly probe: string | undefined
}

/** Throws when a setting is missing. */
export function sideCarSettings(): SideCarSettings {
  const { LIST_FROM, LIST_TO, ROOT_PID, DATABASE_PID, PROBE } = process.env
  const keys: unknown = JSON.parse(required('KEYS'))
  if (!Array.isArray(keys)) throw new Error('KEYS is no list')
  return {
    port: Number(process.env['SIDE_CAR_PORT'] ?? '0'),
    gateway: required('GATEWAY'),
    keys: keys.map(String),
    streams: Number(required('STREAMS')),
    list: LIST_FROM === undefined || LIST_TO === undefined ? undefined : { from: LIST_FROM, to: LIST_TO },
    folder: required('RUN_FOLDER'),
    rootPid: ROOT_PID === undefined ? undefined : Number(ROOT_PID),
    databasePid: DATABASE_PID === undefined ? undefined : Number(DATABASE_PID),
    probe: PROBE,
  }
}

function required(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is missing`)
  return value
}
