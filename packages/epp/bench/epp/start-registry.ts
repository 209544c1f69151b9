import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

type BenchRegistry = { readonly port: number; stop(): Promise<void> }

/** Starts the answering process. */
export async function startBenchRegistry(): Promise<BenchRegistry> {
  const path = fileURLToPath(new URL('registry.ts', import.meta.url))
  const child = spawn(process.execPath, [path], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const { port } = JSON.parse(String(line)) as { port: number }
  return {
    port,
    stop: async () => {
      child.stdin.end()
      await once(child, 'exit')
    },
  }
}
