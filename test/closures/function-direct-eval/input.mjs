const hidden = 4
export const args = ['hidden * 2']
export default text => eval(text)
