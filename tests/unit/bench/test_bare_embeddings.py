from bench.bare_embeddings import Bare, Costs, bare


def test_that_bare_embeddings_cost_each_text_as_often_as_it_comes() -> None:
    costs = Costs(first=0.001, second=0.01)
    assert bare(costs, ["a", "a", "b"], ["a", "a"]) == Bare(3, 2, 3 * 0.001 + 2 * 0.01)
    assert bare(costs, ["a"], []) == Bare(1, 0, 0.001)
