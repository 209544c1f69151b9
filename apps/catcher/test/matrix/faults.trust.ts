import { type Cell } from './faults/cell.ts'
import { runFaults } from './faults/run-faults.ts'

// `npm run trust -- faults [RUNS]`: every fault on every command; a line for each fault, then what was wrong.

const runs = Number(process.argv[2] ?? '30')
const cells = await runFaults(runs)
const wrong = cells.flatMap((cell) => cell.wrong.map((what) => `${cell.fault} on ${cell.command}: ${what}`))
const sum = (of: readonly Cell[], figure: 'runs' | 'injected' | 'done' | 'notDone' | 'asked') =>
  of.reduce((total, cell) => total + cell[figure], 0)

console.log('fault                    commands   runs injected   done  not done  asked again  wrong')
for (const fault of new Set(cells.map((cell) => cell.fault))) {
  const of = cells.filter((cell) => cell.fault === fault)
  const figures = [
    sum(of, 'runs'),
    sum(of, 'injected'),
    sum(of, 'done'),
    sum(of, 'notDone'),
    sum(of, 'asked'),
  ]
  const [ran, injected, done, notDone, asked] = figures.map(String)
  const mistakes = String(of.flatMap((cell) => cell.wrong).length)
  console.log(
    `${fault.padEnd(24)} ${String(of.length).padStart(8)} ${ran?.padStart(6)} ${injected?.padStart(6)} ` +
      `${done?.padStart(6)} ${notDone?.padStart(9)} ${asked?.padStart(12)} ${mistakes.padStart(6)}`,
  )
}
for (const line of wrong) console.log(line)
console.log(
  JSON.stringify({ matrix: 'faults', cells: cells.length, runs: sum(cells, 'runs'), wrong: wrong.length }),
)
process.exitCode = wrong.length === 0 ? 0 : 1
