import { SharedArray } from 'k6/data'

// What a run is against: addresses by the environment, and one file with what is too long for it.

/** A name that can be ordered, as the scenario's drop list has it. */
export type ListedName = {
  readonly name: string
  readonly cutoffAtMs: number
  readonly dropFromMs: number
}

/** The file at DATA_FILE. */
type Data = {
  /** API keys of the resellers. */
  readonly keys: readonly string[]
  readonly names: readonly ListedName[]
}

const path = __ENV['DATA_FILE'] ?? './data.json'

/** One copy for all virtual users. */
export const keys: readonly string[] = new SharedArray('keys', () => [...read().keys])
export const listed: readonly ListedName[] = new SharedArray('names', () => [...read().names])

export const gateway = __ENV['GATEWAY'] ?? 'http://127.0.0.1:8080'

/** The operators' API, and a person who may have the guarantees proven. */
export const operatorApi = {
  url: __ENV['CONSOLE'] ?? 'http://127.0.0.1:8081',
  email: __ENV['STAFF_EMAIL'] ?? '',
  password: __ENV['STAFF_PASSWORD'] ?? '',
}

/** The simulated registry at its control API, and our client id there. */
export const registry = {
  url: __ENV['REGISTRY'] ?? 'http://127.0.0.1:7799/registries/exact',
  clid: __ENV['CLID'] ?? 'droplock',
}

/** The process beside the load generator; see `src/side-car.ts`. */
export const sideCar = __ENV['SIDE_CAR'] ?? 'http://127.0.0.1:18799'

/** A number of the environment. Throws when it is none. */
export function numberOf(name: string, otherwise: number): number {
  const value = Number(__ENV[name] ?? otherwise)
  if (!Number.isFinite(value)) throw new Error(`${name} is no number`)
  return value
}

function read(): Data {
  return JSON.parse(open(path))
}
