import { freePort } from '../processes/port.ts'
import type { App, PortNeed } from './apps.ts'

export type AssignedPort = PortNeed & { readonly app: string; readonly port: number }

/** A free port for every need, none given twice. Compare `port` with `first` to see which moved. */
export async function assignPorts(apps: readonly App[]): Promise<readonly AssignedPort[]> {
  const taken = new Set<number>()
  const assigned: AssignedPort[] = []
  for (const app of apps) {
    for (const need of app.ports) {
      const { first, count = 1 } = need
      const port = await freePort(first, count, taken)
      for (let one = port; one < port + count; one += 1) taken.add(one)
      assigned.push({ ...need, app: app.name, port })
    }
  }
  return assigned
}
