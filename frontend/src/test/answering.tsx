import { ApolloClient, ApolloLink } from '@apollo/client'
import { ApolloProvider } from '@apollo/client/react'
import { render } from '@testing-library/react'
import { GraphQLError, type FormattedExecutionResult } from 'graphql'
import type { ReactElement } from 'react'
import { createMemoryRouter, Outlet, RouterProvider } from 'react-router'
import { isObservable, NEVER, of, throwError, type Observable } from 'rxjs'
import { vi } from 'vitest'
import { SessionStore } from '../api/session'
import { OPTIONS } from '../api/apollo'
import { createCache } from '../api/cache'
import { SessionContext, SocketContext } from '../api/services'
import { LiveSocket } from '../api/socket'
import type { GroupContext } from '../features/groups/useGroup'
import { Localised } from '../ui/Localised'
import { Notices } from '../ui/Notices'

type Variables = Record<string, unknown>
type Answer = FormattedExecutionResult | Error | Observable<ApolloLink.Result>
export type Answers = Record<string, (variables: Variables) => Answer>

/** A refusal as the API sends it. */
export function refusal(code: string, message: string, field?: string): FormattedExecutionResult {
  const extensions = { code, ...(field ? { field } : {}) }
  return { data: null, errors: [new GraphQLError(message, { extensions }).toJSON()] }
}

/** An Apollo client whose operations are answered by name; what has no answer stays pending. */
export function answering(answers: Answers): ApolloClient {
  const link = new ApolloLink(({ operationName, variables }): Observable<ApolloLink.Result> => {
    const answer = operationName ? answers[operationName]?.(variables) : undefined
    if (!answer) return NEVER
    if (isObservable(answer)) return answer
    return answer instanceof Error ? throwError(() => answer) : of(answer as ApolloLink.Result)
  })
  return new ApolloClient({
    cache: createCache(),
    link,
    defaultOptions: OPTIONS,
  })
}

/** Answers what is sent without Apollo Client by the same names. */
function answerPlain(answers: Answers): void {
  vi.stubGlobal('fetch', (_: unknown, { body }: { body: string }) => {
    const { query, variables } = JSON.parse(body) as { query: string; variables: Variables }
    const [, name = ''] = /(?:mutation|query) (\w+)/.exec(query) ?? []
    const answer = answers[name]?.(variables)
    if (!answer) return new Promise(() => undefined)
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(Response.json(answer))
  })
}

interface Stage {
  answers?: Answers
  /** The address at which the element is shown. */
  at?: string
  path?: string
  /** What the tabs of a group get from the page around them. */
  context?: GroupContext
}

/** Shows an element as the app would: with a client, a session, a router and notices. */
export function stage(
  element: ReactElement,
  { answers = {}, at = '/', path = '*', context }: Stage = {},
) {
  const session = new SessionStore(() => Promise.resolve(null))
  const client = answering(answers)
  answerPlain(answers)
  const router = createMemoryRouter(
    [{ element: <Outlet context={context} />, children: [{ path, element }] }],
    { initialEntries: [at] },
  )
  const view = render(
    <SessionContext value={session}>
      <SocketContext value={new LiveSocket(session)}>
        <ApolloProvider client={client}>
          <Localised>
            <Notices>
              <RouterProvider router={router} />
            </Notices>
          </Localised>
        </ApolloProvider>
      </SocketContext>
    </SessionContext>,
  )
  return { ...view, client, session, router }
}
