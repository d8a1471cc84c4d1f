const shadow = process => () => process.env
export default shadow({ env: 'mine' })
