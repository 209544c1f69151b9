import { provenThresholds } from './operator.ts'

/** What holds in every load test: each answer is the one that was due, all was sent, and the service's guarantees are proven. */
export const soundThresholds = {
  checks: ['rate==1'],
  iterations: ['count>0'],
  http_req_failed: ['rate==0'],
  dropped_iterations: ['count==0'],
  ...provenThresholds,
}

/** The values of a distribution that summaries and reports show; k6's own have no 99th percentile. */
export const summaryTrendStats = ['count', 'avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)']

/** A run in which nearly nothing is answered is not worth its time. */
export const endWhenDown = [
  { threshold: 'rate==0', abortOnFail: false },
  { threshold: 'rate<0.5', abortOnFail: true, delayAbortEval: '10s' },
]
