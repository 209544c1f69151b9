import { registerHooks } from 'node:module'

// `node --import hook.ts`: scripts written for k6 find their `k6/*` modules here, and run as they are.

const modules: ReadonlyMap<string, string> = new Map([
  ['k6', 'k6.ts'],
  ['k6/data', 'data.ts'],
  ['k6/http', 'http.ts'],
  ['k6/metrics', 'metrics.ts'],
  ['k6/execution', 'execution.ts'],
])

registerHooks({
  resolve(specifier, context, next) {
    const file = modules.get(specifier)
    if (file !== undefined) return { url: new URL(`k6/${file}`, import.meta.url).href, shortCircuit: true }
    if (specifier === 'k6' || specifier.startsWith('k6/')) {
      throw new Error(`${specifier} is not among the modules that the stand-in for k6 has`)
    }
    return next(specifier, context)
  },
})
