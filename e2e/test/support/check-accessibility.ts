import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

/** What axe found: the rule, and the first elements that break it. */
export type Violation = {
  readonly rule: string
  readonly impact: string
  readonly elements: readonly string[]
}

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** In the other colours of a page only the contrast can differ. */
const optionsOf = { all: {}, colours: { runOnly: ['color-contrast'] } } as const

/** The serious and critical violations of the page as it is. A text, because it runs in the page. */
const checkWith = (options: object) => `(async () => {
  const { violations } = await window.axe.run(document, ${JSON.stringify({ ...options, resultTypes: ['violations'] })})
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, nodes }) => ({
      rule: id,
      impact,
      elements: nodes.slice(0, 3).map(({ html, any }) => html.slice(0, 200) + ' ' + (any[0]?.message ?? '')),
    }))
})()`

export async function findViolations(
  page: Page,
  what: keyof typeof optionsOf,
): Promise<readonly Violation[]> {
  await page.evaluate(source)
  return page.evaluate(checkWith(optionsOf[what]))
}
