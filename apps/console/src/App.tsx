import { Admin, CustomRoutes, Resource } from 'react-admin'
import { BrowserRouter, Route } from 'react-router-dom'
import { SessionProvider } from './access/session-context.ts'
import { watchActivity } from './api/activity.ts'
import { makeApi } from './api/api.ts'
import { makeDataProvider } from './api/data-provider.ts'
import { makeAuthProvider, makeSessionStore } from './api/session.ts'
import { dropPages } from './drops.tsx'
import { ConsoleLayout } from './layout/ConsoleLayout.tsx'
import { page } from './layout/lazy-page.ts'
import { SignInPage } from './layout/SignInPage.tsx'
import { darkTheme, lightTheme } from './layout/theme.ts'
import { settingsPages } from './settings.tsx'

const TodayPage = page(() => import('./today/TodayPage.tsx'), 'TodayPage')
const DropRoomPage = page(() => import('./drop-room/DropRoomPage.tsx'), 'DropRoomPage')
const SyncsPage = page(() => import('./syncs/SyncsPage.tsx'), 'SyncsPage')
const SyncPage = page(() => import('./syncs/SyncPage.tsx'), 'SyncPage')
const SchedulesPage = page(() => import('./schedules/SchedulesPage.tsx'), 'SchedulesPage')
const SchedulePage = page(() => import('./schedules/SchedulePage.tsx'), 'SchedulePage')
const BackordersPage = page(() => import('./backorders/BackordersPage.tsx'), 'BackordersPage')
const BackorderPage = page(() => import('./backorders/BackorderPage.tsx'), 'BackorderPage')
const ApprovalsPage = page(() => import('./approvals/ApprovalsPage.tsx'), 'ApprovalsPage')
const RefundsPage = page(() => import('./refunds/RefundsPage.tsx'), 'RefundsPage')
const RefundPage = page(() => import('./refunds/RefundPage.tsx'), 'RefundPage')
const RefundLimitsPage = page(() => import('./refunds/RefundLimitsPage.tsx'), 'RefundLimitsPage')
const FinanceTasksPage = page(() => import('./finance-tasks/FinanceTasksPage.tsx'), 'FinanceTasksPage')
const FinanceTaskPage = page(() => import('./finance-tasks/FinanceTaskPage.tsx'), 'FinanceTaskPage')
const PaymentsPage = page(() => import('./payments/PaymentsPage.tsx'), 'PaymentsPage')
const PaymentPage = page(() => import('./payments/PaymentPage.tsx'), 'PaymentPage')
const DisputesPage = page(() => import('./disputes/DisputesPage.tsx'), 'DisputesPage')
const DisputePage = page(() => import('./disputes/DisputePage.tsx'), 'DisputePage')
const PayoutsPage = page(() => import('./payouts/PayoutsPage.tsx'), 'PayoutsPage')
const PayoutPage = page(() => import('./payouts/PayoutPage.tsx'), 'PayoutPage')
const AccountsPage = page(() => import('./accounts/AccountsPage.tsx'), 'AccountsPage')
const AccountPage = page(() => import('./accounts/AccountPage.tsx'), 'AccountPage')
const BankTransfersPage = page(() => import('./bank-transfers/BankTransfersPage.tsx'), 'BankTransfersPage')
const ReconciliationPage = page(() => import('./reconciliation/ReconciliationPage.tsx'), 'ReconciliationPage')
const LedgerPage = page(() => import('./ledger/LedgerPage.tsx'), 'LedgerPage')
const MonthsPage = page(() => import('./months/MonthsPage.tsx'), 'MonthsPage')
const MonthPage = page(() => import('./months/MonthPage.tsx'), 'MonthPage')
const RevenuePage = page(() => import('./reports/RevenuePage.tsx'), 'RevenuePage')
const RefundReportPage = page(() => import('./reports/RefundReportPage.tsx'), 'RefundReportPage')
const AgeingPage = page(() => import('./reports/AgeingPage.tsx'), 'AgeingPage')
const InvoicesPage = page(() => import('./invoices/InvoicesPage.tsx'), 'InvoicesPage')
const InvoicePage = page(() => import('./invoices/InvoicePage.tsx'), 'InvoicePage')
const SellerPage = page(() => import('./seller/SellerPage.tsx'), 'SellerPage')
const AlarmsPage = page(() => import('./alarms/AlarmsPage.tsx'), 'AlarmsPage')
const ReceiversPage = page(() => import('./receivers/ReceiversPage.tsx'), 'ReceiversPage')
const OrderOfServicePage = page(
  () => import('./order-of-service/OrderOfServicePage.tsx'),
  'OrderOfServicePage',
)
const ChoosePasswordPage = page(() => import('./access/ChoosePasswordPage.tsx'), 'ChoosePasswordPage')
const ProviderAnswerPage = page(() => import('./access/ProviderAnswerPage.tsx'), 'ProviderAnswerPage')
const StaffPage = page(() => import('./staff/StaffPage.tsx'), 'StaffPage')
const StaffMemberPage = page(() => import('./staff/StaffMemberPage.tsx'), 'StaffMemberPage')
const ProfilePage = page(() => import('./access/ProfilePage.tsx'), 'ProfilePage')
const AuditPage = page(() => import('./audit/AuditPage.tsx'), 'AuditPage')

const api = makeApi(
  (input, init) => fetch(input, init),
  watchActivity(window, () => Date.now()),
)
const session = makeSessionStore(api, () => window.location.assign('/'))
const authProvider = makeAuthProvider(session)
const dataProvider = makeDataProvider(api)

/** The whole console. Each page is loaded when it is first opened. The permissions are in `packages/rules/src/staff.ts`. */
export function App() {
  return (
    <SessionProvider value={session}>
      <Console />
    </SessionProvider>
  )
}

function Console() {
  return (
    // As a transition the page would follow the address seconds later on a slow computer: a second filter then undid the first.
    <BrowserRouter useTransitions={false}>
      <Admin
        title="Droplock console"
        authProvider={authProvider}
        dataProvider={dataProvider}
        requireAuth
        disableTelemetry
        dashboard={TodayPage}
        layout={ConsoleLayout}
        loginPage={SignInPage}
        theme={lightTheme}
        darkTheme={darkTheme}
      >
        <CustomRoutes noLayout>
          <Route path="/choose-password" element={<ChoosePasswordPage />} />
          <Route path="/provider-answer" element={<ProviderAnswerPage />} />
        </CustomRoutes>
        <Resource name="drop-room" options={{ label: 'Drop room' }} list={DropRoomPage} />
        <Resource name="alarms" options={{ label: 'Alarms' }} list={AlarmsPage} />
        <Resource name="sync-runs" options={{ label: 'Syncs' }} list={SyncsPage} show={SyncPage} />
        <Resource
          name="listings"
          options={{ label: 'Drop schedules' }}
          list={SchedulesPage}
          show={SchedulePage}
        />
        {dropPages}
        <Resource name="order-of-service" options={{ label: 'Order of service' }} list={OrderOfServicePage} />
        <Resource
          name="backorders"
          options={{ label: 'Backorders' }}
          list={BackordersPage}
          show={BackorderPage}
        />
        <Resource name="proposals" options={{ label: 'Approvals' }} list={ApprovalsPage} />
        <Resource name="refunds" options={{ label: 'Refunds' }} list={RefundsPage} show={RefundPage} />
        <Resource
          name="finance-tasks"
          options={{ label: 'Finance tasks' }}
          list={FinanceTasksPage}
          show={FinanceTaskPage}
        />
        <Resource name="payments" options={{ label: 'Payments' }} list={PaymentsPage} show={PaymentPage} />
        <Resource name="disputes" options={{ label: 'Disputes' }} list={DisputesPage} show={DisputePage} />
        <Resource name="payouts" options={{ label: 'Payouts' }} list={PayoutsPage} show={PayoutPage} />
        <Resource name="accounts" options={{ label: 'Accounts' }} list={AccountsPage} show={AccountPage} />
        <Resource name="bank-transfers" options={{ label: 'Bank transfers' }} list={BankTransfersPage} />
        <Resource name="invoices" options={{ label: 'Invoices' }} list={InvoicesPage} show={InvoicePage} />
        <Resource name="reconciliation" options={{ label: 'Reconciliation' }} list={ReconciliationPage} />
        <Resource name="ledger" options={{ label: 'Ledger' }} list={LedgerPage} />
        <Resource name="months" options={{ label: 'Month close' }} list={MonthsPage} show={MonthPage} />
        <Resource name="revenue-report" options={{ label: 'Revenue' }} list={RevenuePage} />
        <Resource name="refund-report" options={{ label: 'Refund report' }} list={RefundReportPage} />
        <Resource name="receivables" options={{ label: 'Ageing' }} list={AgeingPage} />
        {settingsPages}
        <Resource name="refund-limits" options={{ label: 'Refund limits' }} list={RefundLimitsPage} />
        <Resource name="seller" options={{ label: 'Seller' }} list={SellerPage} />
        <Resource name="receivers" options={{ label: 'Notifications' }} list={ReceiversPage} />
        <Resource name="staff" options={{ label: 'Staff' }} list={StaffPage} show={StaffMemberPage} />
        <Resource name="profile" options={{ label: 'Profile' }} list={ProfilePage} />
        <Resource name="audit" options={{ label: 'Audit' }} list={AuditPage} />
      </Admin>
    </BrowserRouter>
  )
}
