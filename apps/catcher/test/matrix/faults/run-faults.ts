import { applies, type Cell, commands, emptyCell, runTogether } from './cell.ts'
import { loginFaults, runLogin } from './logins.ts'

/** Injects every fault into every command, `runs` times each, with seeds from `firstSeed` on. The cells contain the mistakes. */
export async function runFaults(runs: number, firstSeed = 1): Promise<readonly Cell[]> {
  const cells: Cell[] = []
  for (const fault of loginFaults) {
    for (const [name, command] of Object.entries(commands)) {
      if (!applies(fault, command)) continue
      cells.push(await runCell(emptyCell(fault, name), { runs, firstSeed }, command.atOnceMax))
    }
    cells.push(await runLoginCell(emptyCell(fault, 'login'), { runs, firstSeed }))
  }
  return cells
}

type Seeded = { readonly runs: number; readonly firstSeed: number }

async function runCell(cell: Cell, { runs, firstSeed }: Seeded, atOnceMax: number): Promise<Cell> {
  for (let first = 0, seed = firstSeed; first < runs; first += atOnceMax, seed += 1) {
    const count = Math.min(atOnceMax, runs - first)
    const objects = Array.from({ length: count }, (_, index) => `o-${first + index}`)
    await runTogether(cell, seed, objects).catch((error: unknown) => {
      cell.wrong.push(`seed ${seed}: ${String(error)}`)
    })
  }
  return judge(cell, runs)
}

async function runLoginCell(cell: Cell, { runs, firstSeed }: Seeded): Promise<Cell> {
  for (let seed = firstSeed; seed < firstSeed + runs; seed += 1) {
    await runLogin(cell, seed).catch((error: unknown) => {
      cell.wrong.push(`seed ${seed}: ${String(error)}`)
    })
  }
  return judge(cell, runs)
}

/** A matrix in which nothing was injected would prove nothing. */
function judge(cell: Cell, runs: number): Cell {
  if (cell.runs !== runs) cell.wrong.push(`ran ${cell.runs} times of ${runs}`)
  if (cell.injected < runs) cell.wrong.push(`injected ${cell.injected} times of ${runs}`)
  return cell
}
