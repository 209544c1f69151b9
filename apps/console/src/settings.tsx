import { Resource } from 'react-admin'
import { page } from './layout/lazy-page.ts'

const RegistriesPage = page(() => import('./settings/RegistriesPage.tsx'), 'RegistriesPage')
const RegistryPage = page(() => import('./settings/RegistryPage.tsx'), 'RegistryPage')
const ZonesPage = page(() => import('./settings/ZonesPage.tsx'), 'ZonesPage')
const FeeAnswersPage = page(() => import('./settings/FeeAnswersPage.tsx'), 'FeeAnswersPage')
const PricesPage = page(() => import('./settings/PricesPage.tsx'), 'PricesPage')
const PriceListsPage = page(() => import('./settings/PriceListsPage.tsx'), 'PriceListsPage')
const ReservedWordsPage = page(() => import('./settings/ReservedWordsPage.tsx'), 'ReservedWordsPage')
const RolesPage = page(() => import('./settings/RolesPage.tsx'), 'RolesPage')
const StatisticsPage = page(() => import('./settings/StatisticsPage.tsx'), 'StatisticsPage')

/** What the service is set to, and what came of it. */
export const settingsPages = (
  <>
    <Resource name="registries" options={{ label: 'Registries' }} list={RegistriesPage} show={RegistryPage} />
    <Resource name="zones" options={{ label: 'Zones' }} list={ZonesPage} />
    <Resource name="fee-answers" options={{ label: 'Fee checks' }} list={FeeAnswersPage} />
    <Resource name="prices" options={{ label: 'Prices' }} list={PricesPage} />
    <Resource name="price-lists" options={{ label: 'Price uploads' }} list={PriceListsPage} />
    <Resource name="reserved-words" options={{ label: 'Reserved words' }} list={ReservedWordsPage} />
    <Resource name="roles" options={{ label: 'Roles' }} list={RolesPage} />
    <Resource name="statistics" options={{ label: 'Statistics' }} list={StatisticsPage} />
  </>
)
