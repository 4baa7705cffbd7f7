class InputError(Exception):
    def __init__(self, source, problem, where="", hint=""):
        self.source, self.problem, self.where, self.hint = source, problem, where, hint
    def __str__(self):
        return f"{self.source}{', '+self.where if self.where else ''}: {self.problem}{'; '+self.hint if self.hint else ''}"
