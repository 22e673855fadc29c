import { render } from '@testing-library/react'
import { expect, it } from 'vitest'
import { Series } from './Series'

it('keeps names of either direction in their order', () => {
  const names = ['Ada', 'נועה', 'יונתן', 'Ben']
  const { container } = render(<Series of={names} />)
  expect(container).toHaveTextContent(names.join(', '))
  const isolated = [...container.querySelectorAll('bdi')].map(({ textContent }) => textContent)
  expect(isolated).toEqual(names)
})
