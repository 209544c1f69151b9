import { Suspense } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { AccountHome } from './account/AccountHome.tsx'
import { later } from './later.ts'
import { NotFoundPage } from './layout/NotFoundPage.tsx'
import { NamesPage } from './names/NamesPage.tsx'

const NamePage = later(async () => (await import('./names/NamePage.tsx')).NamePage)
const AccountPage = later(async () => (await import('./account/AccountPage.tsx')).AccountPage)
const OrderPage = later(async () => (await import('./order/OrderPage.tsx')).OrderPage)
const UnheldPage = later(async () => (await import('./order/UnheldPage.tsx')).UnheldPage)
const PayPage = later(async () => (await import('./order/PayPage.tsx')).PayPage)
const OrdersArea = later(async () => (await import('./orders/OrdersArea.tsx')).OrdersArea)
const SignInPage = later(async () => (await import('./members/SignInPage.tsx')).SignInPage)
const SignUpPage = later(async () => (await import('./members/SignUpPage.tsx')).SignUpPage)
const ConfirmedPage = later(async () => (await import('./members/ConfirmedPage.tsx')).ConfirmedPage)
const ConfirmAddressPage = later(
  async () => (await import('./members/ConfirmAddressPage.tsx')).ConfirmAddressPage,
)
const ResetPasswordPage = later(
  async () => (await import('./members/ResetPasswordPage.tsx')).ResetPasswordPage,
)
const MailsOffPage = later(async () => (await import('./mails/MailsOffPage.tsx')).MailsOffPage)
const HelpPage = later(async () => (await import('./help/HelpPage.tsx')).HelpPage)

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
        <Route path="/:language/account" component={AccountHome} />
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
