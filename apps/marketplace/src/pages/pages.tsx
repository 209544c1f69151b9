import { Suspense } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { laterPage } from './later.tsx'
import { NotFoundPage } from './layout/NotFoundPage.tsx'

const NamesPage = laterPage([], async () => (await import('./names/NamesPage.tsx')).NamesPage)
const NamePage = laterPage([], async () => (await import('./names/NamePage.tsx')).NamePage)
const AccountPage = laterPage(
  ['account', 'contacts'],
  async () => (await import('./account/AccountPage.tsx')).AccountPage,
)
const OrderPage = laterPage(
  ['order', 'contacts'],
  async () => (await import('./order/OrderPage.tsx')).OrderPage,
)
const UnheldPage = laterPage(['order'], async () => (await import('./order/UnheldPage.tsx')).UnheldPage)
const PayPage = laterPage(['order'], async () => (await import('./order/PayPage.tsx')).PayPage)
const OrdersArea = laterPage(['orders'], async () => (await import('./orders/OrdersArea.tsx')).OrdersArea)
const SignInPage = laterPage(['members'], async () => (await import('./members/SignInPage.tsx')).SignInPage)
const SignUpPage = laterPage(['members'], async () => (await import('./members/SignUpPage.tsx')).SignUpPage)
const ConfirmedPage = laterPage(
  ['members'],
  async () => (await import('./members/ConfirmedPage.tsx')).ConfirmedPage,
)
const ConfirmAddressPage = laterPage(
  ['members'],
  async () => (await import('./members/ConfirmAddressPage.tsx')).ConfirmAddressPage,
)
const ResetPasswordPage = laterPage(
  ['members'],
  async () => (await import('./members/ResetPasswordPage.tsx')).ResetPasswordPage,
)
const MailsOffPage = laterPage(['mails'], async () => (await import('./mails/MailsOffPage.tsx')).MailsOffPage)
const HelpPage = laterPage(['help'], async () => (await import('./help/HelpPage.tsx')).HelpPage)

/** The whole site. */
export function Pages() {
  return (
    <Suspense fallback={null}>
      <Switch>
        <Route path="/:language">{({ language }) => <Redirect to={`/${language}/names`} />}</Route>
        <Route path="/:language/names" component={NamesPage} />
        <Route path="/:language/names/:name" component={NamePage} />
        <Route path="/:language/order" component={OrderPage} />
        <Route path="/:language/order/payments/:id" component={UnheldPage} />
        <Route path="/:language/orders/:id/pay" component={PayPage} />
        <Route path="/:language/orders/:id?" component={OrdersArea} />
        <Route path="/:language/account">
          {({ language }) => <Redirect to={`/${language}/account/balance`} replace />}
        </Route>
        <Route path="/:language/account/:section" component={AccountPage} />
        <Route path="/:language/sign-in" component={SignInPage} />
        <Route path="/:language/sign-up" component={SignUpPage} />
        <Route path="/:language/confirmed" component={ConfirmedPage} />
        <Route path="/:language/confirm-address" component={ConfirmAddressPage} />
        <Route path="/:language/reset-password" component={ResetPasswordPage} />
        <Route path="/:language/mails/off" component={MailsOffPage} />
        <Route path="/:language/help" component={HelpPage} />
        <Route component={NotFoundPage} />
      </Switch>
    </Suspense>
  )
}
