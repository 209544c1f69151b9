import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { alarmKinds, alarmTable, alarmWords } from '@droplock/rules/alarms'
import { expect, test } from 'vitest'
import { newProgram, openAdmin } from '../../src/admin/admin.ts'
import { verbs } from '../../src/admin/verbs.ts'
import { repositoryRoot } from '../../src/paths.ts'

const read = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8')
const page = read('docs/runbooks.md')

const nothing = () => undefined

type Section = { readonly title: string; readonly body: string }

/** The sections of the page: `### Title`, up to the next heading. */
const sections: readonly Section[] = page
  .split(/^#{2,3} /m)
  .slice(1)
  .map((text) => ({ title: text.slice(0, text.indexOf('\n')), body: text.slice(text.indexOf('\n') + 1) }))

/** The kind of an alarm's section, in its first line. */
const kindOf = ({ body }: Section) => /^\n`(\w+)` · (\w+) · subject: /.exec(body)?.slice(1)

test('every kind of alarm has one section, under the title that people are shown, with its severity', () => {
  const found = sections.flatMap((section) => {
    const [kind, severity] = kindOf(section) ?? []
    return kind === undefined ? [] : [`${kind} ${severity} ${section.title}`]
  })
  const wanted = alarmKinds.map((kind) => `${kind} ${alarmTable[kind].severity} ${alarmWords[kind].what}`)
  expect(found.toSorted()).toEqual(wanted.toSorted())
})

test('each says when the alarm opens, what is at stake, what to do, and when it closes', () => {
  const parts = ['- **Opens** ', '- **At stake**: ', '- **Do**: ', '- **Closes** ']
  const lacking = sections
    .filter((section) => kindOf(section) !== undefined)
    .flatMap(({ title, body }) =>
      parts.filter((part) => !body.includes(part)).map((part) => `${title}: ${part}`),
    )
  expect(lacking).toEqual([])
})

test('every alert has a section that says when it fires and, unless it leads elsewhere, what to do', () => {
  const alerts = [...read('infra/monitoring/alerts.yml').matchAll(/- alert: (\w+)/g)].map(
    ([, name]) => name ?? '',
  )
  expect(alerts.length).toBeGreaterThan(10)
  const titles = sections.filter(({ body }) => body.includes('- **Fires** ')).map(({ title }) => title)
  expect(titles.toSorted()).toEqual(alerts.toSorted())
})

test('every command that it names is one of admin', () => {
  const program = newProgram({ out: nothing, err: nothing })
  for (const addVerbs of verbs)
    addVerbs(program, openAdmin({}, { print: nothing, write: nothing, fail: nothing }))
  const commands = new Set(
    program.commands.flatMap((verb) => verb.commands.map((sub) => `${verb.name()} ${sub.name()}`)),
  )
  const named = [...page.matchAll(/npm run admin -- ([a-z]+ [a-z-]+)/g)].map(([, words = '']) => words)
  expect(named.length).toBeGreaterThan(10)
  expect(named.filter((words) => !commands.has(words))).toEqual([])
})

test('every setting that it names is in the installation guide', () => {
  const guide = read('docs/installation.md')
  const named = new Set(
    [...page.matchAll(/`((?:DROPLOCK|DATABASE|MARKETPLACE)_[A-Z_]+)`/g)].map(([, name = '']) => name),
  )
  expect(named.size).toBeGreaterThan(8)
  expect([...named].filter((name) => !guide.includes(`\`${name}\``))).toEqual([])
})

test('every link within the page leads to a section', () => {
  const anchors = new Set(sections.map(({ title }) => title.toLowerCase().replaceAll(' ', '-')))
  const links = [...page.matchAll(/\]\(#([\w-]+)\)/g)].map(([, anchor = '']) => anchor)
  expect(links.length).toBeGreaterThan(5)
  expect(links.filter((anchor) => !anchors.has(anchor))).toEqual([])
})
