import './styles.css'
import { hydrateRoot } from 'react-dom/client'
import { App, makeQueries } from './App.tsx'
import { browserClient } from './api.ts'
import type { PageState } from './page-state.ts'
import { firstTextsOf } from './texts/texts.ts'

const root = document.getElementById('root')
const state: PageState = JSON.parse(document.getElementById('state')?.textContent ?? '{}')
const texts = await firstTextsOf(state.language)
if (root !== null)
  hydrateRoot(root, <App state={state} texts={texts} api={browserClient()} queries={makeQueries()} />)
