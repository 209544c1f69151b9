import { join } from 'node:path'
import { renderAllMachines } from '@droplock/rules/machines/render'
import { repositoryRoot } from '../paths.ts'
import type { GeneratedFile } from './generated-file.ts'

/** The diagrams of all state machines; `rules` is pure, so the file is written from here. */
export async function stateMachineFiles(): Promise<readonly GeneratedFile[]> {
  return [{ path: join(repositoryRoot, 'docs', 'state-machines.md'), text: renderAllMachines() }]
}
