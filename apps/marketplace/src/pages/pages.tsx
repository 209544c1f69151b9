import { type ComponentType, lazy, Suspense } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { NotFoundPage } from './layout/NotFoundPage.tsx'
import { NamesPage } from './names/NamesPage.tsx'

/** A page that a visitor does not see first is loaded when it is opened. */
const later = (load: () => Promise<ComponentType>) => lazy(async () => ({ default: await load() }))

const NamePage = later(async () => (await import('./names/NamePage.tsx')).NamePage)
const HelpPage = later(async () => (await import('./help/HelpPage.tsx')).HelpPage)

/** The whole site. */
export function Pages() {
  return (
    <Suspense fallback={null}>
      <Switch>
        <Route path="/:language">{({ language }) => <Redirect to={`/${language}/names`} />}</Route>
        <Route path="/:language/names" component={NamesPage} />
        <Route path="/:language/names/:name" component={NamePage} />
        <Route path="/:language/help" component={HelpPage} />
        <Route component={NotFoundPage} />
      </Switch>
    </Suspense>
  )
}
