import { type HeldPorts, holdPorts } from '../processes/port.ts'
import type { App, PortNeed } from './apps.ts'

export type AssignedPort = PortNeed & { readonly app: string; readonly port: number }
/** Ports that are kept from everybody else, other launchers among them, until their app is started. */
export type Assignment = AsyncDisposable & {
  readonly ports: readonly AssignedPort[]
  /** Lets go of the ports of an app that is about to listen on them itself. */
  readonly release: (app: string) => Promise<void>
}

/** A free port for every need, none given twice and none of `avoided`. Compare `port` with `first` to see which moved. */
export async function assignPorts(
  apps: readonly Pick<App, 'name' | 'ports'>[],
  avoided: ReadonlySet<number> = new Set(),
): Promise<Assignment> {
  const assigned: { readonly port: AssignedPort; readonly held: HeldPorts }[] = []
  const release = async (app?: string) => {
    const theirs = assigned.filter(({ port }) => app === undefined || port.app === app)
    await Promise.all(theirs.map(({ held }) => held.release()))
  }
  try {
    for (const app of apps) {
      for (const need of app.ports) {
        const held = await holdPorts(need.first, need.count, avoided)
        assigned.push({ port: { ...need, app: app.name, port: held.port }, held })
      }
    }
  } catch (error) {
    await release()
    throw error
  }
  return { ports: assigned.map(({ port }) => port), release, [Symbol.asyncDispose]: () => release() }
}

/** The port of a need, by its variable. Undefined where no app that is started has it. */
export function portOf(ports: readonly AssignedPort[], wanted: string): number | undefined {
  return ports.find(({ variable }) => variable === wanted)?.port
}

/** The same of an app that is started. */
export function requiredPort(ports: readonly AssignedPort[], wanted: string): number {
  const port = portOf(ports, wanted)
  if (port === undefined) throw new Error(`no port was assigned to ${wanted}`)
  return port
}
