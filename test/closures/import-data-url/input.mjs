const { value } = await import('data:text/javascript,export const value = () => 5')
export default () => value()
