import { TextField, Typography } from '@mui/material'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { Interruption } from '../api/interruptions.ts'
import { problemOf } from '../api/problem.ts'
import type { Me } from '../api/types.ts'
import { FormDialog, type FormDialogProps } from '../parts/Form.tsx'
import { CodeInput, PasswordInput } from './inputs.tsx'
import { ProviderProblem } from './ProviderAnswerPage.tsx'
import { askInWindow, useProviderAnswer } from './provider.ts'
import { useInterruption, useSession } from './session-context.ts'

/** Asks for what requests wait for, over whatever is open. The page behind it stays as it is. */
export function InterruptionDialog() {
  const asked = useInterruption()
  if (asked === undefined) return null
  const { kind, me } = asked
  if (kind === 'step_up')
    return me.proof.provider ? <ProveAtProvider {...asked} /> : <ProveIdentity {...asked} />
  return me.proof.password ? <SignInAgain {...asked} /> : <SignInAtProvider {...asked} />
}

type Values = { readonly password: string; readonly code: string }
const nothingTyped: Values = { password: '', code: '' }

function SignInAgain({ me }: Interruption) {
  const session = useSession()
  const { needsCode, askForCode, onError } = useCodeStep()
  const signIn = useMutation({
    mutationFn: async ({ password, code }: Values) => {
      if (needsCode) return session.signInByCode(code)
      if ((await session.signIn(me.email, password)) === 'code_needed') askForCode()
    },
    onError,
  })
  return (
    <SignInDialog me={me} needsCode={needsCode} action="Sign in" change={signIn}>
      <PasswordInput<Values> name="password" />
    </SignInDialog>
  )
}

/** The second step of a sign-in, for people with a second factor; from the first step again where it took too long. */
function useCodeStep() {
  const [needsCode, setNeedsCode] = useState(false)
  const onError = (error: Error) => {
    if (problemOf(error).code === 'challenge_expired') setNeedsCode(false)
  }
  return { needsCode, askForCode: () => setNeedsCode(true), onError }
}

type SignInDialogProps = {
  readonly me: Me
  readonly needsCode: boolean
  /** Of the first step. */
  readonly action: string
  readonly change: FormDialogProps<Values>['change']
  /** What the first step asks for. */
  readonly children: ReactNode
}

function SignInDialog({ me, needsCode, action, change, children }: SignInDialogProps) {
  const session = useSession()
  return (
    <FormDialog<Values>
      key={needsCode ? 'code' : 'first'}
      title="Your session has ended"
      action={needsCode ? 'Sign in' : action}
      initial={nothingTyped}
      change={change}
      maxWidth="xs"
      cancel="Leave this page"
      onClose={session.leave}
    >
      <Typography>Sign in again to continue. What you typed on this page is kept.</Typography>
      <Person me={me} />
      {needsCode ? <CodeInput<Values> name="code" /> : children}
    </FormDialog>
  )
}

function ProveIdentity({ me }: Interruption) {
  const session = useSession()
  const { proof } = me
  const prove = useMutation({
    mutationFn: ({ password, code }: Values) =>
      session.prove({ ...(proof.password && { password }), ...(proof.code && { code }) }),
    onError: (error) => {
      if (problemOf(error).code === 'session_required') session.interruptions.change('sign_in')
    },
  })
  return (
    <FormDialog<Values>
      title="Confirm that it is you"
      action="Confirm"
      initial={nothingTyped}
      change={prove}
      maxWidth="xs"
      onClose={() => session.interruptions.end(false)}
    >
      <Typography>
        This change needs a recent proof of your identity. It is sent as soon as you confirm; nothing you
        typed is lost.
      </Typography>
      <Person me={me} />
      {proof.password ? <PasswordInput<Values> name="password" /> : null}
      {proof.code ? <CodeInput<Values> name="code" autoFocus={!proof.password} /> : null}
    </FormDialog>
  )
}

/** The same for a person who has no password here. */
function SignInAtProvider({ me }: Interruption) {
  const session = useSession()
  const api = useDataProvider<ConsoleDataProvider>()
  const { needsCode, askForCode, onError } = useCodeStep()
  const { problem, isAsked, forget } = useAnswer({ onCode: askForCode })
  const signIn = useMutation({
    mutationFn: async ({ code }: Values) => {
      forget()
      await (needsCode ? session.signInByCode(code) : askInWindow(api, 'session/provider'))
    },
    onError,
  })
  return (
    <SignInDialog me={me} needsCode={needsCode} action={actionText(isAsked)} change={signIn}>
      <Waiting isAsked={isAsked} problem={problem} />
    </SignInDialog>
  )
}

function ProveAtProvider({ me }: Interruption) {
  const session = useSession()
  const api = useDataProvider<ConsoleDataProvider>()
  const { problem, isAsked, forget } = useAnswer({})
  const ask = useMutation({
    mutationFn: async () => {
      forget()
      await askInWindow(api, 'session/provider/proof')
    },
    onError: (error) => {
      if (problemOf(error).code === 'session_required') session.interruptions.change('sign_in')
    },
  })
  return (
    <FormDialog
      title="Confirm that it is you"
      action={actionText(isAsked)}
      initial={{}}
      change={{ ...ask, mutate: () => ask.mutate() }}
      maxWidth="xs"
      onClose={() => session.interruptions.end(false)}
    >
      <Typography>
        This change needs a recent proof of your identity. It is sent as soon as you have signed in at your
        identity provider once more; nothing you typed is lost.
      </Typography>
      <Person me={me} />
      <Waiting isAsked={isAsked} problem={problem} />
    </FormDialog>
  )
}

const actionText = (isAsked: boolean) => (isAsked ? 'Open the window again' : 'Open sign-in window')

/** Follows what happens in the window of the provider. */
function useAnswer({ onCode = () => undefined }: { readonly onCode?: () => void }) {
  const session = useSession()
  const [problem, setProblem] = useState<string>()
  const [isAsked, setAsked] = useState(false)
  useProviderAnswer((answer) => {
    if ('problem' in answer) setProblem(answer.problem)
    else if (answer.outcome === 'code_needed') onCode()
    else void session.follow().catch(() => setProblem('session_required'))
  })
  const forget = () => {
    setProblem(undefined)
    setAsked(true)
  }
  return { problem, isAsked, forget }
}

function Waiting({ isAsked, problem }: { readonly isAsked: boolean; readonly problem: string | undefined }) {
  if (problem !== undefined) return <ProviderProblem code={problem} />
  return isAsked ? <Typography role="status">Go on in the window that has opened.</Typography> : null
}

/** Whose password it is: for the person, and for password managers. */
function Person({ me }: { readonly me: Me }) {
  return (
    <TextField
      label="Email"
      value={me.email}
      autoComplete="username"
      slotProps={{ input: { readOnly: true }, htmlInput: { tabIndex: -1 } }}
    />
  )
}
