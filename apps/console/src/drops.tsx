import { Resource } from 'react-admin'
import { page } from './layout/lazy-page.ts'

const SourcesPage = page(() => import('./sources/SourcesPage.tsx'), 'SourcesPage')
const SourcePage = page(() => import('./sources/SourcePage.tsx'), 'SourcePage')
const ChangesPage = page(() => import('./schedule-changes/ChangesPage.tsx'), 'ChangesPage')
const ChangePage = page(() => import('./schedule-changes/ChangePage.tsx'), 'ChangePage')
const NewChangePage = page(() => import('./schedule-changes/NewChangePage.tsx'), 'NewChangePage')
const CalendarPage = page(() => import('./calendar/CalendarPage.tsx'), 'CalendarPage')
const DriftPage = page(() => import('./drift/DriftPage.tsx'), 'DriftPage')
const DriftDayPage = page(() => import('./drift/DriftDayPage.tsx'), 'DriftDayPage')
const PoliciesPage = page(() => import('./zone-policies/PoliciesPage.tsx'), 'PoliciesPage')
const PolicyPage = page(() => import('./zone-policies/PolicyPage.tsx'), 'PolicyPage')
const WithdrawalsPage = page(() => import('./withdrawals/WithdrawalsPage.tsx'), 'WithdrawalsPage')
const SuspectsPage = page(() => import('./withdrawals/SuspectsPage.tsx'), 'SuspectsPage')
const BlockedNamesPage = page(() => import('./withdrawals/BlockedNamesPage.tsx'), 'BlockedNamesPage')
const MessagesPage = page(() => import('./notices/MessagesPage.tsx'), 'MessagesPage')
const MaintenancesPage = page(() => import('./notices/MaintenancesPage.tsx'), 'MaintenancesPage')

/** The pages about when names drop and where that is known from. Plots are in the routes of drift alone. */
export const dropPages = (
  <>
    <Resource name="list-sources" options={{ label: 'Sources' }} list={SourcesPage} show={SourcePage} />
    <Resource
      name="schedule-changes"
      options={{ label: 'Schedule changes' }}
      list={ChangesPage}
      show={ChangePage}
      create={NewChangePage}
    />
    <Resource name="calendar" options={{ label: 'Calendar' }} list={CalendarPage} />
    <Resource name="drift" options={{ label: 'Drift' }} list={DriftPage} show={DriftDayPage} />
    <Resource
      name="zone-policies"
      options={{ label: 'Zone policies' }}
      list={PoliciesPage}
      show={PolicyPage}
    />
    <Resource name="withdrawals" options={{ label: 'Withdrawals' }} list={WithdrawalsPage} />
    <Resource name="suspects" options={{ label: 'Suspects' }} list={SuspectsPage} />
    <Resource name="blocked-names" options={{ label: 'Blocked names' }} list={BlockedNamesPage} />
    <Resource name="registry-messages" options={{ label: 'Registry notices' }} list={MessagesPage} />
    <Resource name="maintenances" options={{ label: 'Maintenance' }} list={MaintenancesPage} />
  </>
)
