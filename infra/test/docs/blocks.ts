import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../../src/paths.ts'

/** A code block of a page, and what the page says it prints; undefined where it says nothing. */
export type Block = { readonly code: string; readonly prints: string | undefined }

/** The blocks of a language in a page of `docs/api`, in their order. The block of text after one is what it prints. */
export function blocksOf(page: string, language: string): readonly Block[] {
  const text = readFileSync(join(repositoryRoot, 'docs/api', page), 'utf8')
  const all = [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, lang, code = '']) => ({ lang, code }))
  return all.flatMap(({ lang, code }, index) => {
    if (lang !== language) return []
    const next = all[index + 1]
    return [{ code, prints: next?.lang === 'text' ? next.code : undefined }]
  })
}

/** What the page says, where `…` stands for any text: on a line of its own for any lines. */
export function printedForm(prints: string): RegExp {
  const lines = prints.trimEnd().split('\n')
  const forms = lines.map((line) => (line === '…' ? '[^]*?' : line.split('…').map(escape).join('.*')))
  return new RegExp(`^${forms.join('\\n')}\\s*$`)
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
