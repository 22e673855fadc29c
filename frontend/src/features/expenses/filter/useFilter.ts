import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { filterSearch, readFilter, type Filter } from './filter'

/**
 * The filter in the address. A dialog takes the place of the filter there: the list under it stays as
 * it is, and the filter is back when the dialog is closed.
 */
export function useFilter() {
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const [kept, setKept] = useState('')
  const search = params.has('dialog') ? kept : filterSearch(readFilter(params))
  if (search !== kept) setKept(search)
  return {
    filter: readFilter(new URLSearchParams(search)),
    filtered: search !== '',
    change: (filter: Filter) =>
      void navigate({ search: filterSearch(filter) }, { replace: true, preventScrollReset: true }),
  }
}
