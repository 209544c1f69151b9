import { Typography } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useSearchParams } from 'react-router-dom'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { PlainPage } from './PlainPage.tsx'
import { readProblemPage, tellProviderAnswer } from './provider.ts'

/** The end of a sign-in in a window of its own: notifies the page that waits for it, and closes. */
export function ProviderAnswerPage() {
  const [search] = useSearchParams()
  const [problem, outcome] = [search.get('problem'), search.get('outcome')]
  useEffect(() => {
    if (problem !== null) return tellProviderAnswer({ problem })
    tellProviderAnswer({ outcome: outcome === 'code_needed' ? 'code_needed' : 'done' })
    window.close()
  }, [problem, outcome])
  return (
    <PlainPage title={problem === null ? 'Confirmed' : 'Not completed'}>
      {problem === null ? null : <ProviderProblem code={problem} />}
      <Typography sx={{ mt: problem === null ? 0 : 2 }}>
        You can close this window and go on in the page that you came from.
      </Typography>
    </PlainPage>
  )
}

/** Why a sign-in at the provider was not completed, and what to do. */
export function ProviderProblem({ code }: { readonly code: string }) {
  const { data } = useQuery({
    queryKey: ['problem-page', code],
    queryFn: () => readProblemPage(code),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data === undefined ? null : <ProblemAlert error={data} />
}
